// One purchase in a real browser, followed through the API: the paint, the route changes, the error, the checkout's trace.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, eventually } from "./stack/api.mjs";
import { picture, startBrowser, visitorFrom } from "./stack/browser.mjs";
import { startLimen } from "./stack/limen.mjs";
import { startShop } from "./stack/shop.mjs";
import { buySomething, watchPaints } from "./stack/visit.mjs";

/** An address that the demo's country file places in Singapore. */
const IN_SINGAPORE = "175.156.0.10";

let limen, shop, browser, ask, session, ownLcp;

before(async () => {
  limen = await startLimen();
  shop = await startShop(limen);
  assert.ok(shop.postgres, "the shop must have its PostgreSQL: apt-get install postgresql");
  browser = await startBrowser();
  ask = api(limen);
  const { page, leave } = await visitorFrom(browser, IN_SINGAPORE, shop);
  await page.addInitScript(watchPaints);
  ownLcp = await buySomething(page, shop);
  await picture(page, "shop-confirmation");
  await leave();
  session = await eventually("the whole session", async () => {
    const { sessions } = await ask("/sessions");
    const found = sessions[0] && (await ask(`/sessions/${sessions[0].id}`));
    // It leaves in pieces, the newest first.
    const bought = found?.requests.some(({ url, has_backend }) => url.includes("/api/checkout") && has_backend);
    const over = found?.views.some((view) => view.route.startsWith("/confirmation") && view.transition_time);
    return bought && over && found;
  });
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await limen?.stop();
});

test("the LCP is the one that the page itself saw", () => {
  const load = session.views.find((view) => view.kind === "load");
  assert.ok(ownLcp > 0);
  assert.equal(load.lcp, ownLcp);
  assert.ok(load.phases.request > 0, "the phases of the document are known");
});

test("the session is told as its route changes, each with a transition time", () => {
  const routes = session.views.map((view) => view.route);
  assert.deepEqual(routes, ["/", "/list", "/product/:id", "/cart", "/checkout", "/confirmation/:id"]);
  for (const view of session.views.slice(1)) {
    assert.equal(view.kind, "route");
    assert.ok(view.transition_time > 0, `${view.route} has a transition time`);
    assert.equal(view.lcp, null, "a change of route has no LCP, not one of zero");
  }
});

test("the visitor's country is known and their address is not", async () => {
  assert.equal(session.session.country, "SG");
  assert.ok(!JSON.stringify(session).includes(IN_SINGAPORE));
  assert.ok(!JSON.stringify(session).includes("Secret Street"));
});

test("the thrown error arrives with its stack, in its view", () => {
  const error = session.events.find((event) => event.kind === "error");
  assert.equal(error.error_type, "TypeError");
  assert.match(error.stack, /sizeRows/);
  const view = session.views.find((one) => one.id === error.view_id);
  assert.equal(view.route, "/product/:id");
});

test("the checkout is one tree from the click through gateway, payment and inventory to PostgreSQL", async () => {
  const call = session.requests.find((request) => request.method === "POST" && request.url.includes("/api/checkout"));
  assert.ok(call.has_backend);
  const trace = await eventually("the trace with its statement", async () => {
    const found = await ask(`/traces/${call.trace_id}`);
    // Browser and services report on their own: the tree is whole when nobody's parent is missing any more.
    const whole = ["payment", "inventory"].every((name) =>
      found.spans.some(({ db, service }) => db && service === name),
    );
    return whole && found.missing_parents === 0 && found.logs.some((log) => log.service === "payment") && found;
  });
  assert.equal(trace.missing_parents, 0);
  const byId = new Map(trace.spans.map((span) => [span.id, span]));
  const ancestors = (span) => {
    const services = [];
    for (let one = span; one; one = byId.get(one.parent_id)) services.push(`${one.service} ${one.kind}`);
    return services;
  };
  for (const service of ["payment", "inventory"]) {
    const statement = trace.spans.find((span) => span.db && span.service === service);
    assert.equal(statement.db.system, "postgresql");
    assert.match(statement.db.statement, /INSERT|UPDATE|SELECT/);
    const way = ancestors(statement);
    for (const step of [
      `${service} client`,
      `${service} server`,
      "gateway client",
      "gateway server",
      "shop-web client",
    ]) {
      assert.ok(way.includes(step), `${service}: ${step} is in ${way.join(" < ")}`);
    }
    assert.equal(way.at(-1), "shop-web internal", "the root is what the visitor did");
  }
  assert.ok(
    trace.logs.some((log) => log.service === "payment"),
    "the logs of the trace are beside it",
  );
});

test("the document's own trace reaches the database and comes back to the paint", async () => {
  const load = session.views.find((view) => view.kind === "load");
  const trace = await eventually("the document's trace", async () => {
    const found = await ask(`/traces/${load.trace_id}`);
    return found.spans.some((span) => span.db) && found;
  });
  assert.equal(trace.spans[0].name, "documentLoad");
  const documentFetch = trace.spans.find((span) => span.name === "documentFetch");
  const server = trace.spans.find((span) => span.service === "gateway" && span.kind === "server");
  assert.equal(server.parent_id, documentFetch.id);
  const lcp = trace.marks.find((mark) => mark.name === "LCP");
  assert.equal(lcp.value, load.lcp);
});
