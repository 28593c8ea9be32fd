// What a page asks to have told besides: its console, the browser's reports, its own measures.
import { A } from '../attributes.gen';
import { observeEntries } from '../browser/entries';
import { attempt, guard } from '../browser/guard';
import { listen } from '../browser/listen';
import { wrap } from '../browser/wrap';
import { emitEvent } from '../context/emit';
import { count, viewAt } from '../context/view';
import { EVENTS_MAX_PER_VIEW, TEXT_MAX_LENGTH } from '../limits';
import { redactText, redactUrl } from '../privacy/url';
import { SEVERITY_ERROR, SEVERITY_INFO, SEVERITY_WARN, int } from '../record';
import { onStop, options } from '../running';
import { feature } from './features';

export function collectConsole(): void {
  let telling = false;
  for (const name of options.console)
    wrap(
      console,
      name,
      feature('console', (_console: unknown, args: unknown[]) => {
        // What we do here may itself write to the console.
        if (telling || count('console') > EVENTS_MAX_PER_VIEW) return;
        telling = true;
        const severity = { error: SEVERITY_ERROR, warn: SEVERITY_WARN }[name] ?? SEVERITY_INFO;
        const body = redactText(args.map(textOf).join(' '), TEXT_MAX_LENGTH);
        emitEvent(A.EVENT_CONSOLE, { [A.CONSOLE_METHOD]: name }, { body, severity });
        telling = false;
      }),
    );
}

/** Never the inside of objects: what a page logs it did not choose to send. */
const textOf = (value: unknown): string =>
  value instanceof Error
    ? `${value.name}: ${value.message}`
    : value && typeof value === 'object'
      ? Object.prototype.toString.call(value)
      : (attempt(() => String(value)) ?? '');

interface Report {
  type: string;
  body?: Record<string, any> | null;
}

/** Violations of the page's content security policy, and with `reports` deprecations and interventions. */
export function collectReports(): void {
  const tell = feature('reports', (type: string, body: Record<string, any>) => {
    if (count('reports') > EVENTS_MAX_PER_VIEW) return;
    const url =
      body.blockedURI && (attempt(() => new URL(body.blockedURI)) ? redactUrl(body.blockedURI) : body.blockedURI);
    emitEvent(
      A.EVENT_REPORT,
      {
        [A.REPORT_TYPE]: type,
        [A.REPORT_ID]: body.effectiveDirective ?? body.id,
        [A.REPORT_MESSAGE]: body.message && redactText(body.message),
        [A.REPORT_BLOCKED_URL]: url,
        [A.REPORT_SOURCE_URL]: body.sourceFile && redactUrl(body.sourceFile),
        [A.REPORT_LINE]: int(body.lineNumber),
      },
      { severity: SEVERITY_WARN },
    );
  });
  listen<SecurityPolicyViolationEvent>(document, 'securitypolicyviolation', (event) => tell('csp-violation', event));
  const { ReportingObserver: Observer } = globalThis as { ReportingObserver?: any };
  if (!options.reports || !Observer) return;
  const observer = new Observer(
    guard((reports: Report[]) => reports.forEach(({ type, body }) => body && tell(type, body))),
    { types: ['deprecation', 'intervention'], buffered: true },
  );
  observer.observe();
  onStop(() => observer.disconnect());
}

export function collectUserTiming(): void {
  const take = (entries: PerformanceEntryList): void => {
    for (const { name, duration, startTime } of entries) {
      if (count('measures') > EVENTS_MAX_PER_VIEW) return;
      const attributes = { [A.TIMING_NAME]: redactText(name), [A.DURATION]: duration };
      emitEvent(A.EVENT_TIMING, attributes, { at: startTime, view: viewAt(startTime) });
    }
  };
  if (options.userTiming) observeEntries('measure', feature('user_timing', take));
}
