// Whose data, and how an erasure and its receipt are told.
import type { Erasure } from '../../../api/types';
import type { Subject } from '../../../api/data';

export const SUBJECTS = [
  [
    'user',
    'User',
    'user.id, as the page gave it: everything that names the user, and all sessions in which it is named',
  ],
  ['session', 'Session', 'session.id: one visit'],
  ['device', 'Device', 'device.id or app.installation.id: everything one browser or installation sent'],
] as const;
export type Kind = (typeof SUBJECTS)[number][0];

export function subjectOf(kind: Kind, id: string): Subject {
  const none = { user_id: null, session_id: null, device_id: null };
  return { ...none, [`${kind}_id`]: id };
}

export const STATES: Record<Erasure['state'], string> = {
  asked: 'Asked for; what there is is being looked for',
  found: 'Found; it is being taken away',
  erased: 'Taken away; sums are being made again',
  summed: 'Sums are made again; files that held it are being removed',
  done: 'Done',
  failed: 'Failed',
};

export function isRunning(state: Erasure['state']): boolean {
  return state !== 'done' && state !== 'failed';
}

/** Rows by table in words, most first; "nothing" when there are none. */
export function rowsInWords(rows: Iterable<[string, number]>, nameOf: (table: string) => string): string {
  const parts = [...rows].filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  return (
    parts.map(([table, count]) => `${count.toLocaleString('en')} ${nameOf(table).toLowerCase()}`).join(', ') ||
    'nothing'
  );
}

/** The receipt as a text for whoever must prove the erasure; it holds no id. */
export function receiptText(erasure: Erasure, nameOf: (table: string) => string): string {
  const { receipt } = erasure;
  const lines = [
    `Erasure ${erasure.id} of application ${erasure.app}`,
    `Subject (${erasure.kind}), as a hash: ${erasure.subject_hash}`,
    `Asked: ${erasure.asked}`,
    `Finished: ${erasure.finished ?? 'not yet'}`,
    `Reason: ${erasure.reason || 'none given'}`,
    `Spans and logs of services that share a trace: ${erasure.include_traces ? 'taken away too' : 'kept'}`,
  ];
  if (receipt)
    lines.push(
      `Rows taken away: ${rowsInWords(Object.entries(receipt.rows), nameOf)}`,
      `Sessions: ${receipt.sessions}, traces: ${receipt.traces}, hours summed again: ${receipt.hours}, points of metrics without their exemplars: ${receipt.exemplars}`,
      `Rows left: ${receipt.rows_left}, by this query: ${receipt.proof.replace(/\s+/g, ' ').trim()}`,
      `Files removed: ${receipt.removed ?? 'not yet'}`,
      ...(receipt.spool_aside
        ? ['A damaged spool is kept beside the data as spool-aside.sqlite; it was not searched.']
        : []),
    );
  return `${lines.join('\n')}\n`;
}
