// Sentry with errors and browser tracing of every visit, without replay.
import * as Sentry from '@sentry/browser';

const { receiver } = document.currentScript.dataset;
const dsn = new URL('/1', receiver);
dsn.username = '11111111222222223333333344444444';

Sentry.init({
  dsn: dsn.href,
  release: 'shop@1.2.3',
  environment: 'bench',
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1,
});
