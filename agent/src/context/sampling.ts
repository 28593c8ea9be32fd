// Consistent probability sampling: the session's id is the dice, so every tab, record and service decides alike.
//
// https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
// The last 14 hex digits of the session id are the randomness R (`rv`), the threshold T = (1 - p) * 2^56 (`th`); a
// session is recorded when R >= T.

const RANDOMNESS_DIGITS = 14;
const RANGE = 2 ** 56;

export const isChosen = (sessionId: string, probability: number): boolean =>
  probability > 0 && parseInt(sessionId.slice(-RANDOMNESS_DIGITS), 16) >= thresholdOf(probability);

/** The OpenTelemetry member of `tracestate`; a session brought back by an error has no threshold that says why. */
export function traceStateOf(sessionId: string, probability: number): string {
  const digits = thresholdOf(probability).toString(16).padStart(RANDOMNESS_DIGITS, '0').replace(/0+$/, '') || '0';
  return `ot=${isChosen(sessionId, probability) ? `th:${digits};` : ''}rv:${sessionId.slice(-RANDOMNESS_DIGITS)}`;
}

const thresholdOf = (probability: number): number => Math.min(RANGE, Math.max(0, (1 - probability) * RANGE));
