// The agent as a module: one agent, and its functions by name.
import { limen } from './limen';

export type { ErrorDetail, EventAttributes, FlagDetail, Limen, Options, OutgoingRecord, StartOptions } from './public';

export const { version, start, stop, error, event, timing, transaction } = limen;
export const { setUser, setContext, setView, flag, setConsent, settings } = limen;
export default limen;
