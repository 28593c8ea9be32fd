// What is collected, kept and spent, set and taken away by a person in the UI; the API says what it has come to.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, eventually } from "./stack/api.mjs";
import { picture, startBrowser } from "./stack/browser.mjs";
import { startLimen } from "./stack/limen.mjs";
import { MAP_ID, sendMap } from "./stack/made_up_map.mjs";
import { sendVisits } from "./stack/made_up.mjs";

const USER = "u-4711";
let limen, browser, ask, page, sent;
const complaints = [];

before(async () => {
  limen = await startLimen();
  ask = api(limen);
  sent = await sendVisits(limen, USER);
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
});

after(async () => {
  await browser?.close();
  await limen?.stop();
});

const goTo = (path) => page.goto(`${limen.url}${path}`);
const panel = (name) => page.getByRole("region", { name, exact: true });
const save = (name) => panel(name).getByRole("button", { name: "Save", exact: true });

test("a key is made, sends, is refused while it is disabled, and is deleted with a grace", async () => {
  await goTo("/data/keys");
  const rows = page.getByTestId("key");
  await rows.getByText(limen.key).waitFor();
  await page.getByLabel("Kind").selectOption("server");
  await page.getByLabel("Name").fill("checkout <b>");
  await page.getByRole("button", { name: "Make a key" }).click();
  const key = await page.getByTestId("made-key").textContent();
  const send = async () => {
    const headers = { "content-type": "application/json", "limen-key": key };
    return (await fetch(`${limen.otlp}/v1/logs`, { method: "POST", headers, body: "{}" })).status;
  };
  assert.equal(await send(), 200);
  const row = rows.filter({ hasText: "checkout <b>" });
  await row.getByRole("button", { name: "Disable" }).click();
  await row.getByText("Refused").waitFor();
  assert.equal(await send(), 401);
  await row.getByRole("button", { name: "Enable" }).click();
  await row.getByText("Taken").waitFor();
  await row.getByRole("button", { name: "Delete" }).click();
  await row.getByRole("button", { name: "Delete", exact: true }).click();
  await row.getByText("Deleted, taken until").waitFor();
  assert.equal(await send(), 200, "within its grace");
  await picture(page, "data-keys");
});

test("usage says what came in, what it takes and what did not get in", async () => {
  const refused = await fetch(`${limen.url}/v1/rum?key=lk_wrong`, { method: "POST", body: "{}" });
  assert.equal(refused.status, 401);
  await eventually("all of it counted", async () => {
    const { signals } = await ask("/usage");
    return signals.reduce((sum, signal) => sum + signal.events, 0) === sent;
  });
  await goTo("/data/usage");
  await page.getByTestId("usage-tile").filter({ hasText: "Events accepted" }).getByText(String(sent)).waitFor();
  await page.getByTestId("stored-row").filter({ hasText: "exception" }).waitFor();
  const lost = page.getByTestId("lost-row").filter({ hasText: "Key unknown" });
  await lost.getByText("Compare the key with that of the application").waitFor();
  await picture(page, "data-usage");

  await page.getByRole("button", { name: "Copy what comes in, or show the query" }).click();
  const query = await page.locator("pre", { hasText: "/api/v1/usage" }).textContent();
  assert.equal((await fetch(limen.url + query)).status, 200, "the query shown can be asked again");
});

test("a limit is refused at its field, saved when it is right, and undone", async () => {
  await goTo("/data/limits");
  const before = await ask("/admission");
  const field = page.getByLabel("Events a second", { exact: true });
  await field.fill("many");
  await page.getByText("Not a number").waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.ok(await save("Who may send, and how much").isDisabled());
  await field.fill("1.5 k");
  await panel("Who may send, and how much").getByText("1,500").waitFor();
  await field.press("Enter");
  await page.getByText("Saved.").waitFor();
  assert.equal((await ask("/admission")).max_events_per_second, 1500);
  await picture(page, "data-limits");
  await panel("Who may send, and how much").getByRole("button", { name: "Undo" }).click();
  await eventually("what held before", async () => (await ask("/admission")).max_events_per_second === null);
  assert.deepEqual(await ask("/admission"), before);
});

test("what the server alone knows to be wrong is told at its field too", async () => {
  await goTo("/data/limits");
  const origins = page.getByLabel("Origins of pages that may send");
  await origins.fill(Array.from({ length: 101 }, (_, i) => `https://shop${i}.example`).join("\n"));
  complaints.length = 0;
  await save("Who may send, and how much").click();
  await page.getByText("Not saved.").waitFor();
  assert.equal(await origins.getAttribute("aria-invalid"), "true");
  assert.ok(complaints.every((text) => text.includes("400")));
  complaints.length = 0;
  assert.deepEqual((await ask("/admission")).origins, []);
});

test("the share of sessions is set, and what this page does not know of the setting stays", async () => {
  await goTo("/data/limits");
  await page.getByLabel("Share of sessions").fill("25 %");
  await page.getByLabel("Scrolling").check();
  await save("Which sessions are recorded").click();
  await page.getByText("Saved.").waitFor();
  const { sample_rate, off } = await ask("/sampling");
  assert.deepEqual([sample_rate, off], [0.25, ["scroll"]]);
  await page.getByTestId("now-strip").getByText("100").waitFor();
});

test("rules are tried before they are saved", async () => {
  await goTo("/data/rules");
  const routes = panel("How pages become routes");
  await routes.getByRole("button", { name: "Add a rule" }).click();
  await page.keyboard.type("product/*");
  await routes.getByText("A path begins with /").waitFor();
  await page.getByLabel("Path of rule 1").fill("/product/*");
  await page.getByLabel("Route of rule 1").fill("/thing/:id");
  await routes.getByRole("button", { name: "Try on this time" }).click();
  await routes.getByText("What they would have made of").waitFor();
  assert.deepEqual((await ask("/route-rules")).rules, [], "trying sets nothing");

  const secrets = panel("What is secret");
  await secrets.getByRole("button", { name: "Add a rule" }).click();
  await page.keyboard.type("order");
  await page.getByLabel("Expression of rule 1").fill("ORD-\\d+");
  await page.getByLabel("A text to try them on").fill("ORD-17 by jo@example.com");
  await secrets.getByRole("button", { name: "Try on the text" }).click();
  assert.equal(await page.getByTestId("redacted").textContent(), "[redacted:order] by [redacted:email]");
  await picture(page, "data-rules");
  await save("What is secret").click();
  await page.getByText("Saved.").waitFor();
  assert.deepEqual((await ask("/redaction-rules")).rules, [{ name: "order", pattern: "ORD-\\d+" }]);
});

test("source maps: how they get here, then which there are, of one release too, until one is deleted", async () => {
  await goTo("/data/source-maps");
  const maps = panel("Source maps");
  await maps.getByText("No source maps yet").waitFor();
  await maps.getByText(`limen sourcemaps upload dist --server ${new URL(limen.url).host}`).waitFor();
  await picture(page, "data-source-maps-none");

  const other = MAP_ID.replace("0a", "0b");
  await sendMap(limen);
  await sendMap(limen, { id: other, release: "1.2.0", path: "https://shop.example/assets/pay.js?v=1" });
  await page.reload();
  const rows = page.getByTestId("map-row");
  await rows.filter({ hasText: "/assets/pay.js" }).filter({ hasText: "1.2.0" }).waitFor();
  await rows.filter({ hasText: "any, by its debug id" }).waitFor();
  await picture(page, "data-source-maps");

  await page.getByLabel("Only of this release").fill("1.2.0");
  await page.keyboard.press("Enter");
  await eventually("one row", async () => (await rows.count()) === 1);
  await rows.getByRole("button", { name: "Delete the source map of /assets/pay.js" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("/assets/pay.js").waitFor();
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await ask("/sourcemaps")).maps.length, 2);
  await rows.getByRole("button", { name: "Delete the source map of /assets/pay.js" }).click();
  await dialog.getByRole("button", { name: "Delete it" }).click();
  await maps.getByText("No source maps of release 1.2.0").waitFor();
  await dialog.waitFor({ state: "hidden" });
  await maps.locator("h2:focus").waitFor();
  assert.deepEqual(
    (await ask("/sourcemaps")).maps.map(({ debug_id }) => debug_id),
    [MAP_ID],
  );
  await maps.getByRole("button", { name: "Show those of every release" }).click();
  await eventually("the other one", async () => (await rows.count()) === 1);
});

test("a shorter time names what goes before it is saved, and can be thought better of", async () => {
  await goTo("/data/retention");
  const before = await ask("/retention");
  await page.getByLabel("Views", { exact: true }).fill("1");
  await save("How long data is kept").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByTestId("drop-table").waitFor();
  await dialog.getByRole("button", { name: "Keep as it is" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(await ask("/retention"), before);
  await save("How long data is kept").click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  assert.equal((await ask("/retention")).views_days, 1);
});

test("a person is found, given out, and erased once the id was typed again", async () => {
  await goTo("/data/people");
  await page.getByLabel("Id", { exact: true }).fill(USER);
  await page.keyboard.press("Enter");
  await page.getByTestId("person-found").getByText("3 views").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download all of it" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "export.ndjson");

  await page.getByRole("button", { name: "Erase…" }).click();
  const dialog = page.getByRole("dialog");
  const erase = dialog.getByRole("button", { name: "Erase for good" });
  await dialog.getByLabel("Why").fill(`asked by ${USER}`);
  await dialog.getByLabel("Type the id to confirm").fill(USER);
  await dialog.getByText("it must not hold the id").waitFor();
  assert.ok(await erase.isDisabled());
  await dialog.getByLabel("Why").fill("asked by letter");
  await dialog.getByLabel("Type the id to confirm").fill("u-471");
  assert.ok(await erase.isDisabled());
  await dialog.getByLabel("Type the id to confirm").fill(USER);
  await erase.click();

  // The files go later: the engine keeps old ones for a minute.
  const erasure = page.getByTestId("erasure").filter({ hasText: /Sums are made again|Done/ });
  await erasure.waitFor();
  await erasure.locator("summary").click();
  await erasure.getByText("Rows left: 0", { exact: false }).first().waitFor();
  assert.ok(!(await erasure.textContent()).includes(USER), "the receipt names nobody");
  await picture(page, "data-people");
  const left = await (await fetch(`${limen.url}/api/v1/export?user_id=${USER}`)).text();
  assert.equal(left.trim(), "");
});

test("no page has complained in the console", () => {
  assert.deepEqual(complaints, []);
});
