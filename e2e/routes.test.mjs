// Which routes hurt, why one of them is slow, and who differs: as a person reads it, from made-up visits.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { picture, startBrowser } from "./stack/browser.mjs";
import { startLimen } from "./stack/limen.mjs";
import { sendRelease, sendVisits } from "./stack/made_up.mjs";
import { sendResources } from "./stack/made_up_resources.mjs";

let limen, browser, page;
const complaints = [];

before(async () => {
  limen = await startLimen();
  await sendVisits(limen, "u-4711");
  await sendResources(limen);
  await sendRelease(limen, "2.0.0");
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
});

after(async () => {
  await browser?.close();
  await limen?.stop();
});

test("the route that hurts most people is first, with its spread", async () => {
  await page.goto(`${limen.url}/pages`);
  const first = page.getByTestId("page-row").first();
  await first.getByRole("link", { name: "/product/:id" }).waitFor();
  await first.getByRole("img", { name: /^Distribution of LCP/ }).waitFor();
  assert.equal(await page.getByTestId("page-row").count(), 3);
  await picture(page, "pages");
});

test("its page says where the time goes, what is to blame, and which requests were waited for", async () => {
  await page.getByRole("link", { name: "/product/:id" }).click();
  await page.getByTestId("route-vital-lcp").getByText("Poor", { exact: true }).waitFor();
  await page.getByTestId("parts").filter({ hasText: "Loading the document" }).getByText("Server").waitFor();
  // The views near the p75 are divided between their owners; the hour before has none, so there is only a ledger.
  await page.getByTestId("owners-verdict").getByText("nothing to compare it with").waitFor();
  await page
    .getByRole("region", { name: "Whose time it is" })
    .getByText(/Service|Gateway|Database|Render delay/)
    .first()
    .waitFor();
  await page.getByTestId("blame-row").filter({ hasText: "img.hero" }).getByText("cdn.shop.example/hero.jpg").waitFor();
  await page.getByTestId("request-row").filter({ hasText: "/api/products/{id}" }).waitFor();
  await page.getByText("No error in these views.").waitFor();
  await picture(page, "page");
  await page.goto(`${limen.url}/page?route=%2Fcheckout`);
  await page.getByTestId("route-error").getByText("chart is undefined").waitFor();
});

test("what differs is named first, and narrows the page", async () => {
  await page.goto(`${limen.url}/explore`);
  await page.getByTestId("oddest").getByText("/product/:id").waitFor();
  const routes = page.getByTestId("dimension").first();
  await routes.getByTestId("odd-value").getByText("/product/:id").waitFor();
  await picture(page, "explore");
  await routes.getByRole("button", { name: "/product/:id" }).click();
  await page.getByTestId("filter-chip").getByText("/product/:id").waitFor();
});

test("the calls that people waited for are ranked, with what became of them", async () => {
  await page.goto(`${limen.url}/requests`);
  const row = page.getByTestId("request").filter({ hasText: "/api/products/{id}" });
  await row.waitFor();
  await page.getByLabel("Order").selectOption("failed");
  await row.waitFor();
  await picture(page, "requests");
});

test("a third party tells what it costs, and that it hides its timing", async () => {
  await page.goto(`${limen.url}/third-parties`);
  const row = page.getByTestId("origin").filter({ hasText: "tags.example" });
  await row.getByText("sends no Timing-Allow-Origin").waitFor();
  assert.match(await row.textContent(), /25.*350.*unknown.*3\.50/s);
  await row.getByRole("button").click();
  await page.getByTestId("resource").getByText("/tag.js").waitFor();
  await page.getByRole("button", { name: "All hosts" }).click();
  await page.getByTestId("origin").filter({ hasText: "shop.example" }).first().waitFor();
  await picture(page, "third-parties");
});

test("what is missing in the set-up is named with what to add where", async () => {
  await page.goto(`${limen.url}/data/doctor`);
  const todo = (text) => page.getByTestId("finding").filter({ hasText: text });
  await todo("tags.example").getByText("Timing-Allow-Origin").waitFor();
  await todo("api.shop.example").getByText("propagateTo").waitFor();
  const host = page.getByTestId("continuity-host").filter({ hasText: "api.shop.example" });
  await host.getByText("never sent the trace, or CORS forbids it").waitFor();
  await picture(page, "set-up");
});

test("a release that came within the time is marked on the course of the vitals", async () => {
  await page.goto(limen.url);
  const mark = page.getByTestId("release-mark").filter({ hasText: "shop 2.0.0" });
  await mark.waitFor();
  const [line, chart] = [await mark.boundingBox(), await page.locator(".u-over").first().boundingBox()];
  // A minute ago of an hour: near the right end, and inside of the chart.
  const at = (line.x + line.width / 2 - chart.x) / chart.width;
  assert.ok(at > 0.95 && at <= 1, String(at));
  await picture(page, "releases");
});

test("a free question is asked, and what is none is refused in words", async () => {
  await page.goto(`${limen.url}/sql`);
  await page
    .getByLabel("SQL", { exact: true })
    .fill("SELECT route, count() AS n FROM views FINAL GROUP BY route ORDER BY n DESC, route");
  await page.keyboard.press("Control+Enter");
  await page.getByTestId("sql-answer").getByText("/product/:id").waitFor();
  await picture(page, "sql");
  await page.getByLabel("SQL", { exact: true }).fill("SELECT file('/etc/passwd')");
  await page.getByRole("button", { name: "Ask" }).click();
  await page.getByText("the function file is not allowed here").waitFor();
});

test("no page has complained in the console", () => {
  // The refused question is told by the browser as a failed request.
  assert.deepEqual(
    complaints.filter((complaint) => !complaint.includes("400 (Bad Request)")),
    [],
  );
});
