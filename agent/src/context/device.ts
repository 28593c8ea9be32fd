// Describes browser, device and app once, as the OTLP resource of everything that is sent.
import * as A from '../attributes.gen';
import type { Options } from '../options';
import { int, type Attributes } from '../record';

/** Parts of Navigator that only some browsers have. */
interface Hints {
  userAgentData?: { brands?: { brand: string; version: string }[]; mobile?: boolean; platform?: string };
  connection?: { effectiveType?: string };
  deviceMemory?: number;
}

export function describeDevice(options: Options): Attributes {
  const hints = navigator as unknown as Hints;
  const agentData = hints.userAgentData;
  return {
    [A.SERVICE_NAME]: options.service,
    [A.SERVICE_VERSION]: options.release,
    [A.DEPLOYMENT_ENVIRONMENT]: options.environment,
    [A.TELEMETRY_SDK_NAME]: 'limen',
    [A.TELEMETRY_SDK_LANGUAGE]: 'webjs',
    [A.TELEMETRY_SDK_VERSION]: AGENT_VERSION,
    [A.USER_AGENT]: navigator.userAgent,
    [A.BROWSER_LANGUAGE]: navigator.language,
    [A.BROWSER_MOBILE]: agentData?.mobile,
    [A.BROWSER_PLATFORM]: agentData?.platform || undefined,
    [A.BROWSER_BRANDS]: agentData?.brands?.map(({ brand, version }) => `${brand} ${version}`),
    [A.SCREEN_WIDTH]: int(screen.width),
    [A.SCREEN_HEIGHT]: int(screen.height),
    [A.NETWORK_TYPE]: hints.connection?.effectiveType,
    [A.DEVICE_MEMORY]: hints.deviceMemory,
    [A.DEVICE_CORES]: navigator.hardwareConcurrency ? int(navigator.hardwareConcurrency) : undefined,
  };
}
