// Grafana Faro with its default web instrumentations and its tracing, as its quick start sets it up.
import { getWebInstrumentations, initializeFaro } from '@grafana/faro-web-sdk';
import { TracingInstrumentation } from '@grafana/faro-web-tracing';

const { receiver } = document.currentScript.dataset;

initializeFaro({
  url: `${receiver}/collect`,
  apiKey: 'bench',
  app: { name: 'shop', version: '1.2.3', environment: 'bench' },
  instrumentations: [...getWebInstrumentations(), new TracingInstrumentation()],
});
