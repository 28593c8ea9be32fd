// What the page knows about its server: the applications and whether anything has arrived yet.
import { createContext } from 'svelte';
import { api } from '../api/client';
import { createQuestion, type Question } from '../api/question.svelte';
import type { Apps, Status } from '../api/types';
import { place } from './place.svelte';

const FIRST_EVENT_POLL_MILLIS = 2000;

export interface Server {
  apps: Question<Apps>;
  status: Question<Status>;
  /** The application on the screen. */
  readonly app: Apps['apps'][number] | undefined;
  /** No event has ever been received; false while unknown. */
  readonly untouched: boolean;
}

const [getServer, setServer] = createContext<Server>();
export { getServer };

/** Call once, from the root component. */
export function provideServer(): Server {
  let round = $state(0);
  const apps = createQuestion({ params: () => ({}), ask: (_, signal) => api.apps(signal) });
  const status = createQuestion({
    params: () => ({ round }),
    ask: (_, signal) => api.status(signal),
    subject: () => null,
  });
  const untouched = $derived(status.answer !== undefined && status.answer.first_event == null);
  $effect(() => {
    if (!untouched) return;
    const timer = setInterval(() => (round += 1), FIRST_EVENT_POLL_MILLIS);
    return () => clearInterval(timer);
  });
  return setServer({
    apps,
    status,
    get app() {
      const all = apps.answer?.apps ?? [];
      return all.find((app) => app.id === place.report.app) ?? all[0];
    },
    get untouched() {
      return untouched;
    },
  });
}
