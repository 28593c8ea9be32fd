// The steps of a journey as the address keeps them, and as the API is asked for them.
import type { Funnel } from '../../api/types';

export type Kind = Funnel['steps'][number]['step']['kind'];

export interface Step {
  kind: Kind;
  value: string;
}

export const KINDS: readonly [Kind, string][] = [
  ['route', 'Route'],
  ['action', 'Action'],
  ['transaction-start', 'Transaction begins'],
  ['transaction-success', 'Transaction succeeds'],
  ['transaction-failure', 'Transaction fails'],
];

export const STEPS_MAX = 8;

/** No name has a line break, so one separates the steps; fewer than two are filled up with empty ones. */
export function parseSteps(text: string | undefined): Step[] {
  const steps = (text ?? '').split('\n').slice(0, STEPS_MAX).flatMap(parseStep);
  while (steps.length < 2) steps.push({ kind: 'route', value: '' });
  return steps;
}

/** Null where there is nothing to keep. */
export function formatSteps(steps: readonly Step[]): string | null {
  return steps.some(({ value }) => value !== '') ? steps.map(asked).join('\n') : null;
}

/** The steps as a question has them; null while one of them lacks its name. */
export function askedSteps(steps: readonly Step[]): string[] | null {
  return steps.every(({ value }) => value.trim() !== '') ? steps.map(asked) : null;
}

/** The same steps with one of them in the place of another. */
export function movedStep(steps: readonly Step[], from: number, to: number): Step[] {
  const moved = [...steps];
  const [step] = moved.splice(from, 1);
  if (step) moved.splice(to, 0, step);
  return moved;
}

export function wordOf(kind: Kind): string {
  return KINDS.find(([name]) => name === kind)?.[1] ?? kind;
}

function asked({ kind, value }: Step): string {
  return `${kind}:${value.trim()}`;
}

function parseStep(text: string): Step[] {
  const at = text.indexOf(':');
  const kind = KINDS.map(([name]) => name).find((name) => name === text.slice(0, at));
  return kind ? [{ kind, value: text.slice(at + 1) }] : [];
}
