// The agent as a module: one agent, and its functions by name.
import { createLimen } from './limen';

export type { EventAttributes, Limen } from './limen';
export type { StartOptions } from './options';

const limen = /* @__PURE__ */ createLimen();
export const { version, start, stop, error, event, setUser, setView } = limen;
export default limen;
