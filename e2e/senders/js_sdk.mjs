// Sends one trace, one log and one metric with the stock OpenTelemetry JavaScript SDK: traces as protobuf, the rest as JSON.
import { SpanKind, context, trace } from "@opentelemetry/api";
import { SeverityNumber } from "@opentelemetry/api-logs";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

// Endpoint and key come from the standard variables OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS.
const resource = resourceFromAttributes({ "service.name": "mailer", "service.version": "2.0.1" });
const tracers = new BasicTracerProvider({
  resource,
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
const loggers = new LoggerProvider({
  resource,
  processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })],
});
const meters = new MeterProvider({
  resource,
  readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
});

const tracer = tracers.getTracer("mailer");
const parent = tracer.startSpan("POST /mail", {
  kind: SpanKind.SERVER,
  attributes: { "http.route": "/mail", "http.response.status_code": 202 },
});
const inside = trace.setSpan(context.active(), parent);
const child = tracer.startSpan("render template", {}, inside);
loggers.getLogger("mailer").emit({
  severityNumber: SeverityNumber.INFO,
  severityText: "INFO",
  body: "mail queued",
  attributes: { "mail.size": 2048, "mail.tags": ["order", "receipt"] },
  context: inside,
});
meters.getMeter("mailer").createCounter("mails.sent").add(2, { kind: "receipt" });
child.end();
parent.end();

await tracers.shutdown();
await loggers.shutdown();
await meters.shutdown();
console.log(parent.spanContext().traceId);
