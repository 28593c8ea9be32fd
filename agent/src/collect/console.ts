// What a page asks to have told besides: its console, the browser's reports, its own measures.
import * as A from '../attributes.gen';
import { observeEntries } from '../browser/entries';
import { attempt, guard } from '../browser/guard';
import { listen } from '../browser/listen';
import { emitEvent } from '../context/emit';
import { count, viewAt } from '../context/view';
import { EVENTS_MAX_PER_VIEW, TEXT_MAX_LENGTH } from '../limits';
import { redactText, redactUrl } from '../privacy/url';
import { SEVERITY_ERROR, SEVERITY_INFO, SEVERITY_WARN, int } from '../record';
import { isRunning, options, type Stop } from '../running';

type Method = (...args: unknown[]) => void;

export function collectConsole(): Stop {
  const page = console as unknown as Record<string, Method | undefined>;
  const stops = options.console.map((name) => {
    const inner = page[name];
    if (typeof inner !== 'function') return () => undefined;
    let telling = false;
    const tell = guard((args: unknown[]) => {
      if (count('console') > EVENTS_MAX_PER_VIEW) return;
      emitEvent(
        A.EVENT_CONSOLE,
        { [A.CONSOLE_METHOD]: name },
        {
          body: redactText(args.map(textOf).join(' ').slice(0, TEXT_MAX_LENGTH)),
          severity: name === 'error' ? SEVERITY_ERROR : name === 'warn' ? SEVERITY_WARN : SEVERITY_INFO,
        },
      );
    });
    const wrapped: Method = function (this: unknown, ...args) {
      if (isRunning && !telling) {
        // What we do here may itself write to the console.
        telling = true;
        tell(args);
        telling = false;
      }
      inner.apply(this, args);
    };
    page[name] = wrapped;
    return () => {
      if (page[name] === wrapped) page[name] = inner;
    };
  });
  return () => stops.forEach((stop) => stop());
}

/** Never the inside of objects: what a page logs it did not choose to send. */
const textOf = (value: unknown): string =>
  value instanceof Error ? `${value.name}: ${value.message}` : attempt(() => String(value)) || typeof value;

interface Report {
  type: string;
  body?: Record<string, any> | null;
}

/** Violations of the page's content security policy, and with `reports` deprecations and interventions. */
export function collectReports(): Stop {
  const tell = (type: string, body: Record<string, any>): void => {
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
  };
  const stop = listen<SecurityPolicyViolationEvent>(document, 'securitypolicyviolation', (event) =>
    tell('csp-violation', event),
  );
  const { ReportingObserver: Observer } = globalThis as { ReportingObserver?: any };
  if (!options.reports || !Observer) return stop;
  const observer = new Observer(
    guard((reports: Report[]) => reports.forEach(({ type, body }) => body && tell(type, body))),
    { types: ['deprecation', 'intervention'], buffered: true },
  );
  observer.observe();
  return () => {
    stop();
    observer.disconnect();
  };
}

export function collectUserTiming(): Stop {
  if (!options.userTiming) return () => undefined;
  return observeEntries('measure', (entries) => {
    for (const { name, duration, startTime } of entries) {
      if (count('measures') > EVENTS_MAX_PER_VIEW) return;
      emitEvent(
        A.EVENT_TIMING,
        { [A.TIMING_NAME]: redactText(name), [A.DURATION]: duration },
        { at: startTime, view: viewAt(startTime) },
      );
    }
  });
}
