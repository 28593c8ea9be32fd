"""Sends one trace, one log and one metric with the stock OpenTelemetry Python SDK, configured by environment only."""

import logging
import os
import sys

from opentelemetry import metrics, trace
from opentelemetry._logs import set_logger_provider
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

if os.environ.get("OTEL_EXPORTER_OTLP_PROTOCOL") == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
else:
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

tracer_provider = TracerProvider()
tracer_provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
logger_provider = LoggerProvider()
logger_provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
meter_provider = MeterProvider(metric_readers=[PeriodicExportingMetricReader(OTLPMetricExporter())])

log = logging.getLogger("warehouse")
log.setLevel(logging.INFO)
log.addHandler(LoggingHandler(logger_provider=logger_provider))
parcels = meter_provider.get_meter("warehouse").create_counter("parcels.packed", unit="{parcel}")
weights = meter_provider.get_meter("warehouse").create_histogram("parcel.weight", unit="kg")

with tracer_provider.get_tracer("warehouse").start_as_current_span("pack parcel") as parent:
    with tracer_provider.get_tracer("warehouse").start_as_current_span("weigh") as child:
        child.set_attribute("parcel.fragile", True)
        child.record_exception(ValueError("scale not level"))
        log.warning("parcel %s is heavy", "P-1", extra={"parcel.kilos": 31})
    parcels.add(3, {"hall": "north"})
    weights.record(31.5, {"hall": "north"})
    trace_id = format(parent.get_span_context().trace_id, "032x")

for provider in (tracer_provider, logger_provider, meter_provider):
    provider.shutdown()
sys.stdout.write(trace_id + "\n")
