// The inbox of errors as a person works through it: by pointer and by keys, with hostile texts among them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, eventually } from "./stack/api.mjs";
import { picture, startBrowser } from "./stack/browser.mjs";
import { startLimen } from "./stack/limen.mjs";
import { sendErrors } from "./stack/made_up_errors.mjs";

let limen, browser, ask, page;
const complaints = [];

before(async () => {
  limen = await startLimen();
  ask = api(limen);
  await sendErrors(limen);
  await eventually("groups of all errors", async () => {
    const { groups, ungrouped } = await ask("/errors?class=all");
    return ungrouped === 0 && groups.reduce((sum, group) => sum + group.errors, 0) === 24;
  });
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("dialog", (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
});

after(async () => {
  await browser?.close();
  await limen?.stop();
});

const rows = () => page.getByTestId("error-row");

test("what most sessions met is first, one group over both releases, and noise stands apart", async () => {
  await page.goto(`${limen.url}/errors`);
  await rows().first().getByText("card was declined").waitFor();
  assert.match(await rows().first().textContent(), /new.*15.*15.*1\.4/s);
  assert.equal(await rows().count(), 2);
  await picture(page, "errors");
  await page.getByLabel("Whose fault").selectOption("extension");
  await eventually(
    "the extension's alone",
    async () => (await rows().count()) === 1 && /chrome-extension/.test(await rows().first().textContent()),
  );
  await page.getByLabel("Whose fault").selectOption("app");
  await page.getByLabel("Search errors").fill("evil");
  await page.keyboard.press("Enter");
  await eventually("the one that is searched for", async () => (await rows().count()) === 1);
  await page.getByLabel("Search errors").fill("");
  await page.keyboard.press("Enter");
  await eventually("both again", async () => (await rows().count()) === 2);
});

test("a group shows its frames, why they have no source, what came before, and who meets it", async () => {
  await rows().first().getByRole("link").click();
  await page.getByRole("heading", { name: "TypeError" }).waitFor();
  assert.match(await page.getByTestId("frame").first().textContent(), /payWithCard.*index-.*no source/s);
  await page.getByTestId("unresolved").getByText("limen sourcemaps upload").first().waitFor();
  await page.getByTestId("before-row").getByText("Pay now").waitFor();
  await page
    .getByRole("button", { name: /1\.42\.0/ })
    .first()
    .waitFor();
  assert.equal(await page.getByTestId("occurrence").count(), 15);
  await page.getByTestId("occurrence").last().getByRole("button").click();
  await eventually("another one is shown", () => /occurrence=/.test(page.url()));
  await picture(page, "error");
});

test("keys resolve a group, which leaves the inbox and is found under resolved", async () => {
  await page.goto(`${limen.url}/errors`);
  await rows().first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await page.getByRole("button", { name: "In 1.42.0" }).click();
  await eventually("it is gone", async () => (await rows().count()) === 1);
  await page.getByRole("button", { name: "Resolved", exact: true }).click();
  await rows().getByText("resolved in 1.42.0").waitFor();
  await rows().first().getByRole("link").click();
  await page.getByRole("button", { name: "Open again" }).click();
  await eventually("it is open again", async () => (await ask("/errors")).groups.length === 2);
});

test("a group is given to somebody", async () => {
  await page.goto(`${limen.url}/errors`);
  await rows().first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await page.getByLabel("Who looks after it").fill("ann");
  await page.keyboard.press("Enter");
  await rows().first().getByText("ann").waitFor();
  assert.equal((await ask("/errors?assignee=ann")).groups.length, 1);
});

test("a rule is tried on what came in, and then calls it noise", async () => {
  await page.goto(`${limen.url}/data/rules`);
  const rules = page.getByRole("region", { name: "Which errors are one" });
  await rules.getByRole("button", { name: "Add a rule for errors" }).click();
  await page.keyboard.type('message:"card was*"');
  await page.keyboard.press("Tab");
  await page.keyboard.type("noise");
  await rules.getByRole("button", { name: "Try on what came in" }).click();
  await rules.getByText(/matches 2 stacks of 1 group/).waitFor();
  await picture(page, "error-rules");
  await rules.getByRole("button", { name: "Save" }).click();
  await eventually("noise", async () => (await ask("/errors?class=noise")).groups.length === 1);
  assert.equal((await ask("/errors")).groups.length, 1);
});

test("hostile texts stay texts", async () => {
  await page.goto(`${limen.url}/errors`);
  await rows().filter({ hasText: "onerror" }).getByRole("link").click();
  await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
  await page.getByTestId("frame").getByText("<b>bold</b>").waitFor();
  assert.equal(await page.locator("main img, main script").count(), 0);
  await picture(page, "error-hostile");
});

test("no page has complained in the console", () => {
  assert.deepEqual(complaints, []);
});
