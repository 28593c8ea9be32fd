// Every page, light and dark, as axe sees it: with data, wide and narrow.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, eventually } from "./stack/api.mjs";
import { barriers } from "./stack/axe.mjs";
import { startBrowser } from "./stack/browser.mjs";
import { startLimen } from "./stack/limen.mjs";
import { sendVisits } from "./stack/made_up.mjs";
import { sendErrors } from "./stack/made_up_errors.mjs";
import { sendMap } from "./stack/made_up_map.mjs";
import { sendMetrics } from "./stack/made_up_metrics.mjs";

/** One of each kind. */
const PANELS = [
  { kind: "vital", width: 2, metric: "lcp" },
  { kind: "traffic", width: 1, filters: ["device:desktop"] },
  { kind: "breakdown", width: 1, metric: "lcp", dimension: "route" },
  { kind: "metric", width: 2, metric: "http.server.request.duration", by: "http.route" },
  { kind: "sql", width: 2, text: "SELECT route, count() AS views FROM views FINAL WHERE app = {app} GROUP BY route" },
  { kind: "text", width: 1, text: "What to know.\nCall <b>Anna</b> first." },
];

let limen, browser, session, trace, error, dashboard;

before(async () => {
  limen = await startLimen();
  const ask = api(limen);
  await sendVisits(limen, "u-4711");
  session = (await ask("/sessions")).sessions[0].id;
  trace = (await ask("/traces")).traces[0].trace_id;
  await sendErrors(limen);
  await sendMetrics(limen);
  await sendMap(limen);
  error = await eventually("a group of errors", async () => {
    const { groups } = await ask("/errors");
    return groups.find(({ error_type }) => error_type === "TypeError")?.id;
  });
  const made = await fetch(`${limen.url}/api/v1/dashboards`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "All kinds", panels: PANELS }),
  });
  dashboard = (await made.json()).id;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await limen?.stop();
});

const pages = () => ({
  overview: "/",
  pages: "/pages",
  page: "/page?route=%2Fproduct%2F%3Aid",
  explore: "/explore",
  map: "/explore?as=map",
  sessions: "/sessions",
  session: `/sessions/${session}`,
  requests: "/requests",
  journeys: "/journeys?steps=route%3A%2F%0Aroute%3A%2Fcart",
  parties: "/third-parties?own=yes&host=cdn.shop.example",
  dashboards: "/dashboards",
  dashboard: `/dashboards/${dashboard}`,
  "dashboard, edited": `/dashboards/${dashboard}?edit=yes`,
  metrics: "/services/metrics?name=http.server.request.duration&service=gateway&by=http.route",
  sql: "/sql?query=SELECT+1",
  errors: "/errors",
  error: `/errors/${error}`,
  traces: "/traces",
  trace: `/traces/${trace}`,
  flame: `/traces/${trace}?as=flame`,
  services: "/services",
  logs: "/logs",
  doctor: "/data/doctor",
  coverage: "/data/coverage",
  keys: "/data/keys",
  usage: "/data/usage",
  limits: "/data/limits",
  rules: "/data/rules",
  "source maps": "/data/source-maps",
  retention: "/data/retention",
  people: "/data/people",
  nowhere: "/else",
});

for (const scheme of ["light", "dark"]) {
  test(`no page has a barrier, ${scheme}`, async () => {
    const page = await browser.newPage({ colorScheme: scheme, reducedMotion: "reduce" });
    const found = [];
    for (const [name, path] of Object.entries(pages())) {
      await page.goto(limen.url + path);
      await page.locator("main h1").first().waitFor({ state: "attached" });
      // Everything that was asked for is there: nothing is busy any more.
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
      found.push(...(await barriers(page, name)));
    }
    await page.close();
    assert.deepEqual(found, []);
  });
}

test("neither have the palette, the keys, the filter and a dialog", async () => {
  const page = await browser.newPage({ reducedMotion: "reduce" });
  const found = [];
  for (const [name, open] of Object.entries({ palette: "Control+k", keys: "?", filter: "f", time: "t" })) {
    await page.goto(limen.url);
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    await page.keyboard.press(open);
    await page.locator(".dialog, .menu").waitFor();
    found.push(...(await barriers(page, name)));
  }
  await page.goto(`${limen.url}/explore?as=map`);
  await page.getByRole("button", { name: /^Copy the countries/ }).click();
  await page.getByRole("button", { name: "Save as PNG" }).waitFor();
  found.push(...(await barriers(page, "the tools of a panel")));
  await page.goto(`${limen.url}/sessions/${session}`);
  await page.getByTestId("resources").first().locator("summary").click();
  await page.getByTestId("load").first().waitFor();
  found.push(...(await barriers(page, "what a view loaded")));
  await page.close();
  assert.deepEqual(found, []);
});

test("the palette goes to a page by its name, and nothing sticks out on a phone", async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
  await page.goto(limen.url);
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Go to a page").fill("retention");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/data/retention");
  for (const [name, path] of Object.entries(pages())) {
    await page.goto(limen.url + path);
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${name} is wider than the screen`);
  }
  await page.close();
});
