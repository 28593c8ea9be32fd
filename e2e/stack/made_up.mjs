// Made-up visits sent straight to the intake: enough of them, and bad enough, for every page to have something to say.
import { createHash } from "node:crypto";

const ROUTES = [
  { route: "/", views: 40, lcp: 1400, cls: 0.02 },
  { route: "/product/:id", views: 40, lcp: 5200, cls: 0.31 },
  { route: "/checkout", views: 24, lcp: 2900, cls: 0.05 },
];
const AGENTS = [
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
];
/** The intake for browsers takes small bodies only. */
const VISITS_A_BATCH = 8;
const MILLI = 1_000_000n;

const idOf = (text, digits) => createHash("sha256").update(text).digest("hex").slice(0, digits);
const nanos = (millis) => (BigInt(Math.round(millis)) * MILLI).toString();
const text = (key, value) => ({ key, value: { stringValue: value } });
const number = (key, value) => ({ key, value: { doubleValue: value } });
const count = (key, value) => ({ key, value: { intValue: String(value) } });

/** Sends them; resolves to the number of records. The visitor `user` has one session on every route. */
export async function sendVisits(limen, user) {
  let sent = 0;
  for (const [turn, agent] of AGENTS.entries()) {
    const resource = {
      attributes: [
        text("service.name", "shop"),
        text("service.version", turn === 0 ? "1.42.0" : "1.41.3"),
        text("deployment.environment.name", "production"),
        text("user_agent.original", agent),
      ],
    };
    const visits = ROUTES.flatMap((page) =>
      Array.from({ length: page.views / AGENTS.length }, (_, i) => visit(page, turn, i, user)),
    );
    for (let first = 0; first < visits.length; first += VISITS_A_BATCH) {
      const batch = visits.slice(first, first + VISITS_A_BATCH);
      const logRecords = batch.flatMap(({ records }) => records);
      await post(limen, "/v1/rum", { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });
      const spans = batch.flatMap(({ spans }) => spans);
      sent += logRecords.length + spans.length;
      await post(limen, "/v1/traces", { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
    }
  }
  return sent;
}

/** One visit of a release that nobody has seen before, a minute ago. */
export async function sendRelease(limen, release) {
  const resource = { attributes: [text("service.name", "shop"), text("service.version", release)] };
  const { records } = visit(ROUTES[0], 0, -3, "");
  await post(limen, "/v1/rum", { resourceLogs: [{ resource, scopeLogs: [{ logRecords: records }] }] });
}

async function post(limen, path, body) {
  const response = await fetch(`${limen.url}${path}?key=${limen.key}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

function visit(page, turn, i, user) {
  const name = `${page.route} ${turn} ${i}`;
  const session = idOf(`session ${name}`, 32);
  const view = idOf(`view ${name}`, 16);
  // Firefox, on the old release, is the slower one.
  const slow = (1 + i / 40) * (turn === 0 ? 1 : 1.3);
  const start = Date.now() - 120_000 - i * 20_000;
  const broken = page.route === "/checkout" && i % 3 === 0;
  const who = [
    text("session.id", session),
    text("limen.view.id", view),
    text("browser.document.url.full", `https://shop.example${page.route.replace(":id", String(i))}`),
    ...(i === 0 && turn === 0 ? [text("user.id", user)] : []),
  ];
  const records = [
    { eventName: "limen.view", timeUnixNano: nanos(start), attributes: [...who, ...measured(page, slow, broken)] },
  ];
  if (broken)
    records.push({
      eventName: "exception",
      timeUnixNano: nanos(start + 900),
      attributes: [...who, text("exception.type", "TypeError"), text("exception.message", "chart is undefined")],
    });
  const spans = [
    {
      traceId: idOf(`trace ${name}`, 32),
      spanId: idOf(`span ${name}`, 16),
      name: "GET /api/products/{id}",
      kind: 3,
      startTimeUnixNano: nanos(start + 300),
      endTimeUnixNano: nanos(start + 300 + 180 * slow),
      attributes: [
        ...who,
        text("http.request.method", "GET"),
        count("http.response.status_code", broken ? 500 : 200),
        text("url.full", `https://api.shop.example/api/products/${i}`),
        text("url.template", "/api/products/{id}"),
      ],
    },
  ];
  return { records, spans };
}

function measured(page, slow, broken) {
  return [
    text("limen.view.kind", "load"),
    text("limen.view.name", page.route),
    count("limen.view.version", 1),
    number("limen.view.lcp", page.lcp * slow),
    number("limen.view.fcp", page.lcp * slow * 0.6),
    number("limen.view.ttfb", page.lcp * slow * 0.25),
    number("limen.view.inp", 90 * slow),
    number("limen.view.cls", page.cls * slow),
    text("limen.view.lcp.target", "img.hero"),
    text("limen.view.lcp.url", "https://cdn.shop.example/hero.jpg"),
    number("limen.view.lcp.resource_load_delay", page.lcp * slow * 0.1),
    number("limen.view.lcp.resource_load_duration", page.lcp * slow * 0.5),
    number("limen.view.lcp.element_render_delay", page.lcp * slow * 0.15),
    text("limen.view.inp.target", "button.add-to-cart"),
    text("limen.view.inp.type", "pointer"),
    number("limen.view.inp.input_delay", 20 * slow),
    number("limen.view.inp.processing_duration", 50 * slow),
    number("limen.view.inp.presentation_delay", 20 * slow),
    text("limen.view.cls.target", "div.banner"),
    number("limen.view.phase.dns", 12 * slow),
    number("limen.view.phase.tcp", 30 * slow),
    number("limen.view.phase.tls", 35 * slow),
    number("limen.view.phase.request", page.lcp * slow * 0.2),
    number("limen.view.phase.response", 80 * slow),
    number("limen.view.phase.dom_processing", 400 * slow),
    number("limen.view.duration", 30_000),
    count("limen.view.errors", broken ? 1 : 0),
    count("limen.view.requests", 1),
    count("limen.view.failed_requests", broken ? 1 : 0),
  ];
}
