// What agents record is set on the server while it runs, and an agent in a real page keeps to it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { api, eventually } from "./stack/api.mjs";
import { startBrowser } from "./stack/browser.mjs";
import { startLimen } from "./stack/limen.mjs";

let limen, browser, ask, site, origin;

before(async () => {
  limen = await startLimen();
  ask = api(limen);
  browser = await startBrowser();
  const tag = `<script src="${limen.url}/limen.js" data-key="${limen.key}"></script>`;
  site = createServer((_request, response) =>
    response.setHeader("content-type", "text/html").end(`<!doctype html><title>page</title>${tag}<p>hello</p>`),
  );
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${site.address().port}`;
});

after(async () => {
  await browser?.close();
  await new Promise((resolve) => site.close(resolve));
  await limen?.stop();
});

async function setSampling(sampling) {
  const response = await fetch(`${limen.url}/api/v1/sampling`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(sampling),
  });
  assert.equal(response.status, 200);
}

const anotherSession = (page) =>
  page.evaluate(() => {
    const kept = Object.keys(localStorage).filter((name) => name.startsWith("limen.session."));
    for (const name of kept) localStorage.removeItem(name);
    return kept.length;
  });

test("sessions that begin after the setting keep to it, and an error brings one back that counts for nobody", async () => {
  await setSampling({ sample_rate: 0 });
  const page = await browser.newPage();
  await page.goto(`${origin}/first`);
  await page.waitForFunction(() => globalThis.Limen?.settings?.()?.sampleRate === 0);
  await page.goto("about:blank");
  const counted = await eventually("the first visit", async () => {
    const { views } = await ask("/traffic");
    return views > 0 && views;
  });

  await page.goto(`${origin}/second`);
  assert.equal(await anotherSession(page), 1);
  await page.goto(`${origin}/third`);
  await page.evaluate(() => Limen.error(new Error("worth keeping")));
  await page.goto("about:blank");
  const { sessions } = await eventually("the session with the error", async () => {
    const answer = await ask("/sessions");
    return answer.sessions.length > 1 && answer;
  });
  assert.equal(sessions.filter(({ errors }) => errors > 0).length, 1);
  const traffic = await eventually("the second page", async () => {
    const answer = await ask("/traffic");
    return answer.views > counted && answer;
  });
  assert.equal(
    traffic.views,
    counted + 1,
    "the second page of the first session counts, the brought-back one does not",
  );
  assert.equal(traffic.errors, 1);
});
