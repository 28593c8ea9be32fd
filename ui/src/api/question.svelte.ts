// One question to the server and its states: asking, answered, stale, failed, slow, cancelled.
import { asFailure, type Failure } from './client';

export interface Question<T, P = unknown> {
  readonly answer: T | undefined;
  /** The parameters that the shown answer answers; while it is stale they differ from what is asked. */
  readonly about: P | undefined;
  readonly failure: Failure | undefined;
  readonly asking: boolean;
  /** The answer shown belongs to an earlier question (other filters), not only to an earlier moment. */
  readonly stale: boolean;
  readonly askedAt: number;
  readonly answeredAt: number;
  retry(): void;
  cancel(): void;
}

interface Options<P, T> {
  /** What is asked, or null to wait. A change asks again and drops the request before it. */
  params: () => P | null;
  ask: (params: P, signal: AbortSignal) => Promise<T>;
  /** What tells one subject from another; unless told, all parameters and the length of the time, but not where it lies. */
  subject?: (params: P) => unknown;
}

const CANCELLED: Failure = {
  kind: 'cancelled',
  message: 'You cancelled this question.',
  hint: 'Choose a shorter time or fewer filters, or ask again.',
};

export function createQuestion<P, T>(options: Options<P, T>): Question<T, P> {
  let answer = $state.raw<T>();
  let about = $state.raw<P>();
  let failure = $state.raw<Failure>();
  let asking = $state(false);
  let stale = $state(false);
  let askedAt = $state(0);
  let answeredAt = $state(0);
  let attempt = $state(0);
  let running: AbortController | undefined;
  let answeredSubject = '';

  const key = $derived(JSON.stringify(options.params()));

  $effect(() => {
    const round = attempt;
    const params = JSON.parse(key) as P | null;
    if (params === null || round < 0) return;
    const controller = new AbortController();
    running = controller;
    const subject = subjectOf(options, params);
    asking = true;
    stale = answeredSubject !== '' && subject !== answeredSubject;
    askedAt = Date.now();
    options.ask(params, controller.signal).then(
      (data) => {
        if (controller.signal.aborted) return;
        [answer, about, failure, asking, stale, answeredAt] = [data, params, undefined, false, false, Date.now()];
        answeredSubject = subject;
      },
      (cause: unknown) => {
        if (controller.signal.aborted) return;
        [failure, asking] = [asFailure(cause), false];
      },
    );
    return () => controller.abort();
  });

  return {
    get answer() {
      return answer;
    },
    get about() {
      return about;
    },
    get failure() {
      return failure;
    },
    get asking() {
      return asking;
    },
    get stale() {
      return stale;
    },
    get askedAt() {
      return askedAt;
    },
    get answeredAt() {
      return answeredAt;
    },
    retry() {
      failure = undefined;
      attempt += 1;
    },
    cancel() {
      running?.abort();
      [failure, asking] = [CANCELLED, false];
    },
  };
}

function subjectOf<P, T>(options: Options<P, T>, params: P): string {
  if (options.subject) return JSON.stringify(options.subject(params));
  const { from, to } = params as { from?: string; to?: string };
  const length = from && to ? Date.parse(to) - Date.parse(from) : 0;
  return (
    length +
    JSON.stringify(params, (name: string, value: unknown) => (name === 'from' || name === 'to' ? undefined : value))
  );
}
