// Elastic APM RUM as its guide sets it up; page loads, routes, requests, clicks and errors are on by default.
import { init } from '@elastic/apm-rum';

const { receiver } = document.currentScript.dataset;

init({ serviceName: 'shop', serviceVersion: '1.2.3', environment: 'bench', serverUrl: receiver });
