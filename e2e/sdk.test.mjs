// Stock OpenTelemetry SDKs of two languages send unchanged, and everything is found again.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { api, eventually } from "./stack/api.mjs";
import { startLimen, workspace } from "./stack/limen.mjs";

const run = promisify(execFile);
let limen;
let ask;

before(async () => {
  limen = await startLimen();
  ask = api(limen);
});
after(() => limen?.stop());

/** Everything a stock SDK needs to know about Limen. */
function environment(service) {
  return {
    ...process.env,
    OTEL_SERVICE_NAME: service,
    OTEL_EXPORTER_OTLP_ENDPOINT: limen.otlp,
    OTEL_EXPORTER_OTLP_HEADERS: `limen-key=${limen.key}`,
  };
}

/** The Python of the private environment that `cargo xtask test` makes from requirements.txt. */
function python() {
  const found = process.env.TEST_PYTHON ?? path.join(workspace, "target/py/bin/python");
  if (!existsSync(found)) throw new Error(`no Python environment at ${found}: run cargo xtask test, which makes it`);
  return found;
}

async function metric(name, service) {
  const { metrics } = await ask("/metrics");
  return metrics.find((entry) => entry.name === name && entry.service === service);
}

/** Sends with the Python SDK and looks for all of it. */
async function pythonArrives(env) {
  const service = env.OTEL_SERVICE_NAME;
  const sender = path.join(workspace, "e2e/senders/python_sdk.py");
  const { stdout } = await run(python(), [sender], { env });
  const trace = await eventually("the trace", () => ask(`/traces/${stdout.trim()}`));
  assert.deepEqual(
    trace.spans.map((span) => [span.name, span.depth, span.service]),
    [
      ["pack parcel", 0, service],
      ["weigh", 1, service],
    ],
  );
  assert.equal(trace.spans[1].attributes["parcel.fragile"], "true");
  assert.equal(trace.spans[1].events[0].attributes["exception.message"], "scale not level");
  assert.deepEqual(
    trace.logs.map((log) => [log.body, log.severity]),
    [["parcel P-1 is heavy", "WARN"]],
  );
  assert.equal(trace.logs[0].span_id, trace.spans[1].id);

  const counter = await eventually("the counter", () => metric("parcels.packed", service));
  assert.deepEqual([counter.kind, counter.unit, counter.service, counter.last_value], ["sum", "{parcel}", service, 3]);
  const histogram = await eventually("the histogram", () => metric("parcel.weight", service));
  assert.deepEqual([histogram.kind, histogram.last_count, histogram.last_sum], ["histogram", 1, 31.5]);
}

test("the Python SDK's trace, log and metrics are found again", () => pythonArrives(environment("warehouse")));

for (const [how, settings] of [
  ["as it is", {}],
  ["as gzip", { OTEL_EXPORTER_OTLP_COMPRESSION: "gzip" }],
]) {
  test(`over gRPC, ${how}, the Python SDK's data are found again`, () =>
    pythonArrives({
      ...environment(`warehouse-grpc-${Object.keys(settings).length}`),
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_ENDPOINT: limen.grpc,
      ...settings,
    }));
}

test("the JavaScript SDK's trace, log and metric are found again", async () => {
  const sender = path.join(workspace, "e2e/senders/js_sdk.mjs");
  const { stdout } = await run(process.execPath, [sender], { env: environment("mailer") });
  const trace = await eventually("the trace", () => ask(`/traces/${stdout.trim()}`));
  assert.deepEqual(
    trace.spans.map((span) => [span.name, span.kind]),
    [
      ["POST /mail", "server"],
      ["render template", "internal"],
    ],
  );
  assert.equal(trace.spans[0].http.status, 202);
  assert.equal(trace.logs[0].body, "mail queued");
  assert.equal(trace.logs[0].attributes["mail.tags"], '["order","receipt"]');
  const counter = await eventually("the counter", () => metric("mails.sent", "mailer"));
  assert.deepEqual([counter.service, counter.last_value], ["mailer", 2]);
});
