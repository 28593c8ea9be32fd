// Datadog RUM as its guide sets it up, without session replay, through the documented proxy option.
import { datadogRum } from '@datadog/browser-rum';

const { receiver } = document.currentScript.dataset;

datadogRum.init({
  applicationId: '11111111-2222-3333-4444-555555555555',
  clientToken: 'pub00000000000000000000000000000000',
  site: 'datadoghq.com',
  proxy: `${receiver}/proxy`,
  service: 'shop',
  env: 'bench',
  version: '1.2.3',
  sessionSampleRate: 100,
  sessionReplaySampleRate: 0,
  trackResources: true,
  trackLongTasks: true,
  trackUserInteractions: true,
});
