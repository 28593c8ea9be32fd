// The three pages as a person sees them, with the data of a real visit; pictures are kept as artefacts.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { api, eventually } from "./stack/api.mjs";
import { picture, startBrowser, visitorFrom } from "./stack/browser.mjs";
import { startLimen } from "./stack/limen.mjs";
import { startShop } from "./stack/shop.mjs";
import { buySomething, watchPaints } from "./stack/visit.mjs";

let limen, shop, browser, ask, page;
const complaints = [];

before(async () => {
  limen = await startLimen();
  browser = await startBrowser();
  ask = api(limen);
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  // The console does not say what it was that was refused.
  page.on("response", (response) => response.status() >= 400 && complaints.push(response.url()));
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await limen?.stop();
});

test("a server without data shows the script tag to paste and waits for the first event", async () => {
  await page.goto(limen.url);
  await page.getByText(limen.key).first().waitFor();
  await picture(page, "first-run");
});

test("the first visit appears by itself on the overview", async () => {
  shop = await startShop(limen);
  const { page: shopping, leave } = await visitorFrom(browser, "91.0.0.10", shop);
  await shopping.addInitScript(watchPaints);
  await buySomething(shopping, shop);
  await leave();
  await eventually(
    "the vitals",
    async () => (await ask("/vitals")).vitals.find((vital) => vital.metric === "lcp").n > 0,
  );
  // A visit arrives in pieces, and the page asks when it is opened.
  await eventually("the page of a product", async () => {
    const { sessions } = await ask("/sessions");
    const whole = await Promise.all(sessions.map(({ id }) => ask(`/sessions/${id}`)));
    return JSON.stringify(whole).includes("/product/:id");
  });

  await page.getByRole("button", { name: "Show the overview" }).click();
  const card = page.getByTestId("vital-lcp");
  await card.waitFor();
  await eventually("a figure on the card", async () => /\d\s*m?s/.test(await card.textContent()));
  await page.getByTestId("verdict").waitFor();
  assert.equal(await page.getByTestId(/^vital-/).count(), 5);
  await page.getByText("/product/:id").first().waitFor();
  await picture(page, "overview");
});

test("the map of countries has the one that was there, says too few, and narrows the page to it by keyboard", async () => {
  await page.goto(`${limen.url}/explore?as=map`);
  const map = page.getByTestId("country-map");
  const germany = map.getByRole("button", { name: /^Germany: LCP p75 .* too few to judge/ });
  await germany.waitFor();
  await map.getByTestId("country").filter({ hasText: "Germany" }).waitFor();
  await picture(page, "map");
  await germany.focus();
  await map.getByText(/^Germany: LCP p75/).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/filter=country%3ADE/);
  await page.goto(limen.url);
});

test("a panel is saved as a picture of twice its size, dark where the page is dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${limen.url}/explore?as=map`);
    const panel = page.getByTestId("country-map");
    await panel.getByTestId("country").first().waitFor();
    const width = await panel.evaluate((node) => node.offsetWidth);
    await panel.getByRole("button", { name: /^Copy the countries/ }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as PNG" }).click();
    const bytes = await readFile(await (await saved).path());
    const drawn = await page.evaluate(lookAt, `data:image/png;base64,${bytes.toString("base64")}`);
    assert.equal(drawn.width, (width + 40) * 2);
    assert.equal(drawn.corner > 127, colorScheme === "light", `brightness ${drawn.corner}`);
    // Shapes, marks and the edges of letters: an empty sheet would have one.
    assert.ok(drawn.colours > 50, `${drawn.colours} colours`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(limen.url);
});

/** Runs in the page: the width of a picture, how bright its corner is, and how many colours it has below its title. */
async function lookAt(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, 1);
  const body = new Uint32Array(context.getImageData(0, 128, image.width, image.height - 208).data.buffer);
  return { width: image.width, corner: data[0], colours: new Set(body).size };
}

test("a session opens from the list and tells its views and its error", async () => {
  await page.getByRole("link", { name: "Sessions" }).first().click();
  await page.getByTestId("session-row").first().click();
  await page.getByText("/confirmation/:id").first().waitFor();
  await page.getByText("TypeError").first().waitFor();
  await page.getByText("Whose the time of the LCP is").first().click();
  await page.getByTestId("ledger-line").first().waitFor();
  const loaded = page.getByTestId("resources").first();
  await loaded.locator("summary").click();
  await loaded
    .getByTestId("load")
    .first()
    .getByText(/\d\s*m?s/)
    .first()
    .waitFor();
  await picture(page, "session");
});

test("a metric is found by words, read as a quantile, and divided by an attribute", async () => {
  // A rate needs two reports of the counters.
  await eventually("two reports of the gateway", async () => {
    const { metrics } = await ask("/metrics");
    const found = metrics.find(({ name, service }) => name.includes("request.duration") && service === "gateway");
    return found?.points >= 2 * found?.series;
  });
  await page.getByRole("link", { name: "Metrics" }).first().click();
  // The time of the page before is kept for half a minute.
  await page.reload();
  await page.getByLabel("Find a metric").fill("gateway request duration");
  await page.getByTestId("metric").first().click();
  await page.getByRole("heading", { name: "http.server.request.duration" }).waitFor();
  await page.getByRole("button", { name: "p99" }).click();
  await page.getByLabel("by").selectOption("http.route");
  const line = page.getByTestId("metric-line").filter({ hasText: "/api/checkout" });
  await line.waitFor();
  assert.match(await line.textContent(), /\d\s*m?s/, "a duration, in its unit");
  await page.getByRole("button", { name: "Rate", exact: true }).click();
  await page.getByText("measurement per second").waitFor();
  await line.filter({ hasText: "/s" }).waitFor();
  await page.reload();
  await page.getByText("measurement per second").waitFor();
  await picture(page, "metrics");
});

test("logs are searched, opened between their neighbours, and lead to their trace", async () => {
  await page.getByRole("link", { name: "Logs" }).first().click();
  const rows = page.getByTestId("log-row");
  await rows.first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("service:payment level>=info");
  await page.keyboard.press("Enter");
  await page.getByText("records", { exact: false }).first().waitFor();
  await eventually("lines of payment alone", async () => {
    const lines = await rows.allTextContents();
    return lines.length > 0 && lines.every((line) => line.includes("payment"));
  });
  assert.match(page.url(), /search=service%3Apayment/);
  await page.keyboard.press("Escape");
  await rows.first().getByRole("button").first().click();
  await page.getByRole("button", { name: "Lines around it from payment" }).click();
  await page.getByLabel("Lines around it").locator("[aria-current]").waitFor();
  await picture(page, "logs");
  await page.getByRole("link", { name: "Trace", exact: true }).first().click();
  await page.getByRole("treegrid").waitFor();

  await page.goto(`${limen.url}/logs?search=${encodeURIComponent("level:loud")}`);
  await page.getByText("levels are trace, debug").first().waitFor();
  complaints.splice(0);
});

test("a trace shows browser and database in one waterfall", async () => {
  const { sessions } = await ask("/sessions");
  const { requests } = await ask(`/sessions/${sessions[0].id}`);
  const call = requests.find((request) => request.url.includes("/api/checkout"));
  await page.goto(`${limen.url}/traces/${call.trace_id}`);
  await page.getByTestId("span-row").first().waitFor();
  const names = await page.getByTestId("span-row").allTextContents();
  assert.ok(
    names.some((name) => name.includes("gateway")),
    names.join("\n"),
  );
  assert.ok(
    names.some((name) => /INSERT|UPDATE|SELECT|postgresql/i.test(name)),
    names.join("\n"),
  );
  await page.getByText("Metrics of these services").click();
  await page.getByRole("region", { name: "http.server.request.duration of gateway" }).getByRole("img").waitFor();
  await picture(page, "trace");

  // Whose the wait for its first byte is, with the database in it; a piece leads to its span.
  await page.goto(`${limen.url}/traces/${call.trace_id}?span=${call.span_id}`);
  const whose = page.getByTestId("request-blame");
  await whose.getByTestId("ledger-line").filter({ hasText: "Database postgresql" }).waitFor();
  await picture(page, "trace-request");
  await whose
    .getByRole("button", { name: /^Database postgresql: / })
    .first()
    .click();
  await page.getByTestId("span-detail").getByRole("heading", { name: "Statement" }).waitFor();

  // The same spans by depth: the keys go from a caller to the one it called, and the selection holds in both.
  await page.getByRole("button", { name: "Flame" }).click();
  const flame = page.getByTestId("flame");
  await flame.focus();
  const selected = flame.getByRole("option", { selected: true });
  await page.keyboard.press("Home");
  const whole = await selected.boundingBox();
  await page.keyboard.press("ArrowDown");
  await page.getByTestId("flame-told").getByText("of which").waitFor();
  const called = await selected.getAttribute("aria-label");
  assert.match(called, /: .*, .*s, of which .*s its own/);
  await eventually("the one that was called, a row below", async () => (await selected.boundingBox()).y > whole.y);
  await page.keyboard.press("z");
  await page.getByRole("button", { name: "Whole" }).waitFor();
  await picture(page, "trace-flame");
  await page.getByRole("button", { name: "Waterfall" }).click();
  await page.locator('[data-testid="span-row"][aria-selected="true"]').waitFor();

  // The trace of the document leads to its view: the ledger sums to the LCP, and a piece leads to its span.
  const documents = await ask("/traces");
  const document = documents.traces.find(({ name }) => name === "documentLoad") ?? documents.traces[0];
  const { views } = await ask(`/sessions/${sessions[0].id}`);
  const view = views.find(({ lcp, trace_id }) => lcp !== null && trace_id);
  await page.goto(`${limen.url}/traces/${view?.trace_id ?? document.trace_id}`);
  const lines = page.getByTestId("ledger-line");
  await lines.first().waitFor();
  const blame = await ask(`/views/${view.id}/blame?session=${sessions[0].id}&vital=lcp`);
  assert.equal(
    blame.ledger.reduce((sum, { millis }) => sum + millis, 0),
    blame.total,
  );
  assert.equal(blame.total, Math.round(view.lcp));
  await page.getByTestId("waited").first().waitFor();
  await page.locator(".band button").first().click();
  await page.locator('[data-testid="span-row"][aria-selected="true"]').waitFor();
  await picture(page, "trace-of-view");
});

test("the map of services goes from the page to the database and on to the logs of one", async () => {
  await page.goto(`${limen.url}/services`);
  const map = page.getByRole("region", { name: "Map of services" });
  await map.getByTestId("call-row").first().waitFor();
  const box = (name) => map.getByRole("button", { name: new RegExp(`^${name} `) });
  for (const name of ["shop-web", "gateway", "payment", "postgresql"]) await box(name).first().waitFor();
  await picture(page, "services");
  await box("payment").first().click();
  await map.getByRole("heading", { name: "Calls of payment" }).waitFor();
  await map.getByRole("link", { name: "Its logs" }).click();
  await page.getByTestId("log-row").first().waitFor();
  assert.match(page.url(), /filter=service%3Apayment/);
});

test("a dashboard is put together, kept, exported and imported again", async () => {
  await page.getByRole("link", { name: "Dashboards" }).first().click();
  await page.getByRole("button", { name: "New dashboard" }).click();
  await page.getByLabel("Name of the dashboard").fill("Checkout <b>");
  await page.getByLabel("Add a panel").selectOption("sql");
  const panels = page.getByTestId("dashboard-panel");
  await panels.nth(3).getByRole("row", { name: "/product/:id" }).waitFor();
  await page.getByRole("button", { name: "Move panel 4 earlier" }).click();
  await panels.nth(2).getByRole("row", { name: "/product/:id" }).waitFor();
  await page.getByRole("button", { name: "Remove panel 1" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Edit" }).waitFor();
  await page.getByRole("heading", { name: "Checkout <b>" }).waitFor();
  await page.reload();
  assert.deepEqual(await panels.locator("h2").allTextContents(), ["By country", "SQL", "Traffic"]);
  await panels.nth(1).getByRole("row", { name: "/product/:id" }).waitFor();
  await panels.nth(2).getByRole("img").waitFor();
  await picture(page, "dashboard");

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const file = await (await download).path();
  await page.getByRole("link", { name: "Dashboards" }).first().click();
  await page.getByLabel("File of a dashboard").setInputFiles(file);
  await page.getByRole("link", { name: "Export" }).waitFor();
  const { dashboards } = await ask("/dashboards");
  assert.deepEqual(dashboards[0].dashboard, dashboards[1].dashboard);

  // Somebody else changes it while it is edited here.
  await page.getByRole("button", { name: "Edit" }).click();
  const [, id] = new URL(page.url()).pathname.match(/dashboards\/(\w+)/);
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ name: "Theirs", panels: [] });
  await fetch(`${limen.url}/api/v1/dashboards/${id}?version=1`, { method: "PUT", headers, body });
  await page.getByRole("button", { name: "Remove panel 1" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("somebody else changed this dashboard").waitFor();
  // The console tells of that answer, as it should.
  complaints.splice(0);
});

test("the pages hold in the dark and on a phone", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(limen.url);
  await page.getByTestId("vital-lcp").waitFor();
  await picture(page, "overview-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(overflow, 0, "nothing sticks out to the side");
  await picture(page, "overview-phone");
});

test("documents that were served and not seen are counted, by who asked for them", async () => {
  const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  // Served like any other, but nothing in them ever runs: as if the script was blocked.
  for (let asked = 0; asked < 30; asked++) {
    const headers = { "user-agent": agent, "x-forwarded-for": "175.156.0.10" };
    assert.equal((await fetch(shop.url, { headers })).status, 200);
  }
  const browsers = async () => (await ask("/coverage")).by.find(({ dimension }) => dimension === "browser").rows;
  await eventually("the spans of the documents", async () =>
    (await browsers()).some(({ value, n }) => value === "Firefox" && n === 30),
  );
  const { reported, served, by, losses } = await ask("/coverage");
  assert.deepEqual([reported, served], [1, 31]);
  assert.deepEqual(
    losses.map(({ cause, documents }) => [cause, documents]),
    [["unseen", 30]],
  );
  const countries = by.find(({ dimension }) => dimension === "country").rows;
  assert.deepEqual(
    countries.map(({ value, served, reported }) => [value, served, reported]),
    [
      ["SG", 30, 0],
      ["DE", 1, 1],
    ],
  );
  await page.goto(`${limen.url}/data/coverage`);
  await page.getByTestId("loss").getByText("Blocked, broken or left at once").waitFor();
  await page.getByTestId("coverage-row").filter({ hasText: "Singapore" }).waitFor();
  await picture(page, "coverage");
});

test("a journey says how far the visit came, and what little can be said of speed", async () => {
  const steps = encodeURIComponent("route:/product/:id\nroute:/cart\nroute:/confirmation/:id");
  await page.goto(`${limen.url}/journeys?steps=${steps}`);
  const rows = page.getByTestId("funnel-step");
  await rows.nth(2).getByText("1 session").waitFor();
  assert.equal(await rows.count(), 3);
  await page.getByTestId("impact").getByText("at least 100 are needed").waitFor();
  await picture(page, "journeys");
});

test("no page has complained in the console", () => {
  assert.deepEqual(complaints, []);
});
