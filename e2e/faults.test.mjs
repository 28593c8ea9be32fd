// The faults of the demo that one visit is enough to see: switched on in a running shop, and told by Limen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, eventually } from "./stack/api.mjs";
import { startBrowser, visitorFrom } from "./stack/browser.mjs";
import { startLimen } from "./stack/limen.mjs";
import { startShop } from "./stack/shop.mjs";

const ADDRESS = "175.156.0.10";
/** What docs/demo.md says that the other host and the empty cache take. */
const THIRD_PARTY_MILLIS = 700;
const CACHE_MISS_MILLIS = 400;

let limen, shop, browser, ask;
const told = new Set();

before(async () => {
  limen = await startLimen();
  shop = await startShop(limen, { broken: true });
  browser = await startBrowser();
  ask = api(limen);
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await limen?.stop();
});

async function switchTo(fault) {
  const body = JSON.stringify({ fault });
  const response = await fetch(`${shop.url}/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body,
  });
  assert.equal(response.status, 200, await response.text());
}

/** One visit while the fault is on. Resolves to its session when that has what `has` asks for. */
async function visit(fault, path, act, has) {
  await switchTo(fault);
  const { page, leave } = await visitorFrom(browser, ADDRESS, shop);
  await page.goto(`${shop.url}${path}`, { waitUntil: "load" });
  await act(page);
  await leave();
  await switchTo("none");
  return await eventually(`what ${fault} did`, async () => {
    // One visit at a time: the session that was not there before is this one.
    const { sessions } = await ask("/sessions");
    const summary = sessions.find(({ id }) => !told.has(id));
    const session = summary && (await ask(`/sessions/${summary.id}`));
    if (!session || !has(session)) return null;
    told.add(summary.id);
    return session;
  });
}

test("third-party: a host that blocks the page is named, and the page painted after it", async () => {
  const painted = (page) => page.locator(".shelf .card").first().waitFor();
  const { views } = await visit("third-party", "/", painted, ({ views }) => views[0]?.fcp);
  assert.ok(views[0].fcp >= THIRD_PARTY_MILLIS, `FCP ${views[0].fcp}`);
  const { origins } = await eventually("the host", async () => {
    const answer = await ask("/origins");
    return answer.origins.some(({ third_party }) => third_party) && answer;
  });
  const host = origins.find(({ third_party }) => third_party);
  assert.ok(host.loads.blocking > 0, JSON.stringify(host));
});

test("layout-shift: what came late is named with the shift of the page", async () => {
  const shifted = async (page) => {
    await page.locator(".shelf .card").first().waitFor();
    await page.locator("#sale-banner").waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  };
  const { views } = await visit("layout-shift", "/", shifted, ({ views }) => views[0]?.cls > 0);
  assert.ok(views[0].cls > 0.02, `CLS ${views[0].cls}`);
  assert.ok(views[0].cls_target, "the element that moved");
});

test("slow-device: the work of a click is in the interaction", async () => {
  const clicked = async (page) => {
    await page.locator(".product .price").waitFor();
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.locator("html[data-words]").waitFor({ state: "attached" });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  };
  const { views } = await visit("slow-device", "/product/5", clicked, ({ views }) => views[0]?.inp);
  assert.ok(views[0].inp_detail.processing_duration > 0, JSON.stringify(views[0]));
});

test("cache-miss: the largest picture is late in its load", async () => {
  const painted = (page) => page.locator(".shelf .card").first().waitFor();
  const { views } = await visit("cache-miss", "/", painted, ({ views }) => views[0]?.lcp);
  assert.ok(views[0].lcp >= CACHE_MISS_MILLIS, `LCP ${views[0].lcp}`);
});

test("bad-release: a new group with the line of the source that throws, first seen in the new release", async () => {
  const thrown = (page) => page.getByRole("heading", { name: "That did not work" }).waitFor();
  await visit("bad-release", "/product/5", thrown, ({ events }) => events.some(({ kind }) => kind === "error"));
  const group = await eventually("a group with its source", async () => {
    const { groups } = await ask("/errors");
    return groups.find(({ first_release, unresolved }) => first_release.endsWith("-next") && unresolved.length === 0);
  });
  assert.match(group.culprit, /product.*pages\/product\.js/);
  const { shown } = await ask(`/errors/${group.id}`);
  const [frame] = shown.parts[0].frames;
  assert.ok(frame.context[frame.context.length >> 1].includes("offer.price.gross_cents"), JSON.stringify(frame));
});
