// Two incidents, from a fault in the running shop to Explain's answer: who became slower, and whose time it is.
//
// Real browsers visit the shop, first as if a day ago, which is what Explain compares with, then with the fault on. Takes
// some minutes, so it runs by itself: `npm run test:incidents --workspace e2e`.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { api, eventually } from "../stack/api.mjs";
import { startBrowser, visitorFrom } from "../stack/browser.mjs";
import { startLimen } from "../stack/limen.mjs";
import { startShop } from "../stack/shop.mjs";

/** Addresses that the demo's country file places there. */
const ADDRESSES = { SG: "175.156.0.10", MY: "175.136.0.10", ID: "180.244.0.10", DE: "91.0.0.10" };
/** Where no fault is met. */
const SPARED = ["DE"];
/** From each country on each day. Explain speaks of a cohort from thirty sessions on. */
const VISITS = 34;
/** From each country that was met, after the fault is off. */
const VISITS_AFTER = 12;
const AT_ONCE = 4;

let limen, shop, browser, ask, begun;

beforeEach(async () => {
  limen = await startLimen();
  shop = await startShop(limen);
  assert.ok(shop.postgres, "the shop must have its PostgreSQL: apt-get install postgresql");
  browser = await startBrowser();
  ask = api(limen);
  begun = Date.now();
});

afterEach(async () => {
  await browser?.close();
  await shop?.stop();
  await limen?.stop();
});

test(
  "countries are sent the wrong way: Explain names them together, and the gateway",
  { timeout: 590_000 },
  async () => {
    const met = ["ID", "MY", "SG"];
    await check({ fault: "wrong-region", met, path: "/", settled: ".shelf .card", owner: "gateway", metric: "lcp" });
  },
);

test("rows of a region are locked: Explain names the country, and the database", { timeout: 590_000 }, async () => {
  const met = ["SG"];
  const visit = { path: "/product/5", settled: ".product .price" };
  await check({ fault: "row-lock", met, ...visit, owner: "database", metric: "ttfb" });
});

async function check({ fault, met, path, settled, owner, metric }) {
  const countries = [...met, ...SPARED];
  await visits(countries, VISITS, { path, settled, daysBehind: 1 });
  await switchTo(fault);
  await visits(countries, VISITS, { path, settled, daysBehind: 0 });
  const until = Date.now();
  await switchTo("none");

  const explained = await eventually("an explanation", async () => {
    const answer = await ask(`/explain?metric=${metric}&from=${iso(begun)}&to=${iso(until)}`);
    // The services report every two seconds: without their spans nobody knows whose time it is.
    const known = answer.cohorts[0]?.owners[0]?.owner.kind === owner;
    if (!known) throw new Error(JSON.stringify(answer));
    return answer;
  });
  const [cohort, ...others] = explained.cohorts;
  assert.deepEqual([...new Set(cohort.values.map(({ dimension }) => dimension))], ["country"], explained.verdict);
  assert.deepEqual(cohort.values.map(({ value }) => value).sort(), met, explained.verdict);
  assert.deepEqual(others, [], "one fault, one cohort");
  const unchanged = explained.unchanged.filter(({ dimension }) => dimension === "country").map(({ value }) => value);
  assert.deepEqual(unchanged.sort(), SPARED);

  const [first, ...rest] = cohort.owners;
  assert.equal(first.owner.kind, owner, JSON.stringify(cohort.owners));
  assert.ok(first.change_low > 0, JSON.stringify(first));
  // What else there is may vary, but it did not become slower in any way that could be taken for the cause.
  for (const each of rest) assert.ok(each.change < first.change / 2, JSON.stringify(cohort.owners));

  await visits(met, VISITS_AFTER, { path, settled, daysBehind: 0 });
  const those = met.map((country) => `&filter=country:${country}`).join("");
  const takes = await eventually("whose time it is after the fault", async () => {
    const { now } = await ask(`/blame?vital=${metric}&from=${iso(until)}&to=${iso(Date.now())}${those}`);
    const known = now.ledger.find((line) => line.owner.kind === owner);
    return known && { owner: known.mean, p75: now.p75 };
  });
  assert.ok(takes.owner < first.before + first.change / 2, `${JSON.stringify(takes)} after ${JSON.stringify(first)}`);
  console.log(
    `${explained.verdict} Afterwards ${Math.round(takes.p75)} ms, ${Math.round(takes.owner)} ms of them there.`,
  );
}

/** So many visits from each of the countries, a few at once, the countries taking turns. */
async function visits(countries, number, visit) {
  const waiting = Array.from({ length: number }, () => countries).flat();
  const worker = async () => {
    for (let country = waiting.pop(); country; country = waiting.pop()) await look(ADDRESSES[country], visit);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** One page, loaded as a document and seen. */
async function look(address, { path, settled, daysBehind }) {
  const { page, leave, reports } = await visitorFrom(browser, address, shop, daysBehind);
  await page.goto(`${shop.url}${path}`, { waitUntil: "load" });
  await page.locator(settled).first().waitFor();
  // The largest paint is known once the frame that shows it is done.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const before = reports();
  await page.goto("about:blank");
  // The page's last report, with its largest paint, leaves when the page does: nobody may turn the browser off before.
  await eventually("the report of a page that was left", () => reports() > before);
  await leave();
}

async function switchTo(fault) {
  const body = JSON.stringify({ fault });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${shop.url}/faults`, { method: "PUT", headers, body });
  assert.equal(response.status, 200, await response.text());
}

function iso(millis) {
  return new Date(millis).toISOString();
}
