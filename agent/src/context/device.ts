// Describes browser, device and app, as the OTLP resource of everything that is sent.
import { A } from '../attributes.gen';
import { int, orUnknown, type Attributes } from '../record';
import { options } from '../running';

/** Parts of Navigator that only some browsers have. */
interface Hints {
  userAgentData?: { brands?: { brand: string; version: string }[]; mobile?: boolean; platform?: string };
  connection?: { effectiveType?: string };
  deviceMemory?: number;
}

/** To be asked late: some of it needs the layout, which a page that loads has yet to do. */
export function describeDevice(): Attributes {
  const { userAgentData, connection, deviceMemory } = navigator as unknown as Hints;
  const { language, userAgent, hardwareConcurrency, maxTouchPoints, webdriver } = navigator;
  return {
    [A.SERVICE_NAME]: options.service,
    [A.SERVICE_VERSION]: orUnknown(options.release),
    [A.DEPLOYMENT_ENVIRONMENT]: orUnknown(options.environment),
    [A.TELEMETRY_SDK_NAME]: 'limen',
    [A.TELEMETRY_SDK_LANGUAGE]: 'webjs',
    [A.TELEMETRY_SDK_VERSION]: AGENT_VERSION,
    [A.USER_AGENT]: userAgent,
    [A.SYNTHETIC_TYPE]: webdriver ? 'test' : undefined,
    [A.BROWSER_LANGUAGE]: language,
    [A.BROWSER_MOBILE]: userAgentData?.mobile,
    [A.BROWSER_PLATFORM]: orUnknown(userAgentData?.platform),
    [A.BROWSER_BRANDS]: userAgentData?.brands?.map(({ brand, version }) => `${brand} ${version}`),
    [A.SCREEN_WIDTH]: int(screen.width),
    [A.SCREEN_HEIGHT]: int(screen.height),
    [A.VIEWPORT_WIDTH]: int(innerWidth),
    [A.VIEWPORT_HEIGHT]: int(innerHeight),
    [A.NETWORK_TYPE]: connection?.effectiveType,
    [A.DEVICE_MEMORY]: deviceMemory,
    [A.DEVICE_CORES]: int(hardwareConcurrency),
    [A.TOUCH_POINTS]: int(maxTouchPoints || undefined),
  };
}
