// The known things of `limen load --truths`, looked for by a person on the page that is there for each of them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { api, eventually } from "./stack/api.mjs";
import { picture, startBrowser } from "./stack/browser.mjs";
import { binary, startLimen } from "./stack/limen.mjs";

let limen, browser, page;
const complaints = [];

before(async () => {
  limen = await startLimen();
  const week = ["--history", "7d", "--truths", "--seed", "7", "--total", "100000", "--request", "session"];
  const sender = ["load", "--to", limen.otlp, "--key", limen.key, "--format", "protobuf", ...week];
  const load = spawn(binary("limen"), sender, { stdio: ["ignore", "ignore", "inherit"] });
  assert.deepEqual(await once(load, "exit"), [0, null]);
  const errors = `/errors?from=${new Date(Date.now() - 8 * 86_400_000).toISOString()}`;
  await eventually("a group for every error", async () => (await api(limen)(errors)).ungrouped === 0);
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
});

after(async () => {
  await browser?.close();
  await limen?.stop();
});

const goTo = (path, more = {}) => page.goto(`${limen.url}${path}?${new URLSearchParams({ last: "7d", ...more })}`);
const rowOf = (id, text) => page.getByTestId(id).filter({ hasText: text });

test("the overview has the week, and marks the release in it", async () => {
  await goTo("/");
  await rowOf("vital-lcp", /3\.69\s*s.*n 3,510/s).waitFor();
  await rowOf("release-mark", "3.9.0").waitFor({ state: "attached" });
  await picture(page, "week-overview");
});

test("exploring says which route shifts, and which browser is slow to answer", async () => {
  await goTo("/explore", { metric: "cls" });
  await page.getByTestId("oddest").getByText("/search").waitFor();
  await goTo("/explore", { metric: "inp" });
  await rowOf("odd-value", "Samsung Internet").waitFor();
  await picture(page, "week-explore");
});

test("the page of the route names the banner that moved", async () => {
  await goTo("/page", { route: "/search", metric: "cls" });
  await rowOf("blame-row", "div.banner").waitFor();
  await picture(page, "week-page");
});

test("the error of the release is first, and began with it", async () => {
  await goTo("/errors");
  const first = page.getByTestId("error-row").first();
  await first.getByText("Invalid currency code : EURO").waitFor();
  await first.getByText("3.9.0").first().waitFor();
  await picture(page, "week-errors");
});

test("the third party that everyone waits for hides its timing", async () => {
  await goTo("/third-parties");
  const chat = rowOf("origin", "chat.widgets.example");
  await chat.getByText("sends no Timing-Allow-Origin").waitFor();
  await picture(page, "week-third-parties");
});

test("one order in ten fails", async () => {
  await goTo("/requests", { order: "failed" });
  const worst = page.getByTestId("request").first();
  await worst.getByText("/api/orders").waitFor();
  await worst.getByText("14 %").waitFor();
  await picture(page, "week-requests");
});

test("the journey loses sessions at each step, fewer of them where it was fast", async () => {
  const steps = ["/", "/product/:id", "/cart", "/checkout"].map((route) => `route:${route}`).join("\n");
  await goTo("/journeys", { steps });
  await page.getByTestId("funnel-step").last().getByText("260").waitFor();
  await page
    .getByTestId("impact")
    .getByText(/LCP was 100 ms longer got to the end 0\.3\d percentage points less often/)
    .waitFor();
  await picture(page, "week-journey");
});

test("set-up says which host reports no traces", async () => {
  await goTo("/data/doctor");
  await rowOf("continuity-host", "legacy.shop.example").getByText("0 %").first().waitFor();
  await picture(page, "week-doctor");
});

test("the last day is slower in Germany, because of one service", async () => {
  await goTo("/explain", { last: "24h" });
  await page
    .getByTestId("verdict")
    .filter({ hasText: /^LCP became slower for country DE.*in the service \(shop-api\)/ })
    .waitFor();
  await picture(page, "week-explain");
  assert.deepEqual(complaints, []);
});
