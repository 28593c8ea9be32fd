// A setting as a form: what holds, what was typed instead, what is wrong with it, and a way back after it was saved.
import { asFailure, type Failure } from '../api/client';
import { type Change, changesOf, fieldOf, type Typed } from './form';

interface Options<T, F extends object> {
  /** The application the setting belongs to; a change loads anew. Undefined waits. */
  app: () => string | undefined;
  load: (query: { app: string }, signal: AbortSignal) => Promise<T>;
  save: (query: { app: string }, value: T) => Promise<T>;
  toForm: (value: T) => F;
  /** What was typed as a value, and what is wrong by field. `saved` holds what the form does not know. */
  fromForm: (form: F, saved: T) => Typed<T>;
  /** Each part of the setting as words, by its label: what differs is told before it is saved. */
  describe: (value: T) => Record<string, string>;
  /** Names of the setting's parts as the server writes them in refusals, with the field that shows them. */
  fields?: Record<string, string>;
}

export class Form<T, F extends object> {
  readonly #options: Options<T, F>;
  saved = $state.raw<T>();
  /** What is in the fields; bind to its parts. */
  values = $state({} as F);
  /** Why it could not be loaded. */
  failure = $state.raw<Failure>();
  saving = $state(false);
  /** Why the last attempt to save was refused. */
  refusal = $state.raw<Failure>();
  #before = $state.raw<T>();
  #done = $state.raw<Change[]>();
  #attempt = $state(0);
  readonly #app = $derived.by(() => this.#options.app());
  readonly #typed = $derived.by(() =>
    this.saved === undefined ? undefined : this.#options.fromForm(this.values, this.saved),
  );
  readonly changes = $derived.by(() => {
    const { describe } = this.#options;
    if (this.saved === undefined || this.#typed === undefined) return [];
    return changesOf(describe(this.saved), describe(this.#typed.value));
  });
  readonly errors = $derived.by((): Record<string, string> => {
    const field = this.refusal && fieldOf(this.refusal.message, this.#options.fields ?? {});
    return { ...(field && this.refusal ? { [field]: this.refusal.message } : {}), ...this.#typed?.errors };
  });

  /** Only while a component starts: it loads as an effect of its. */
  constructor(options: Options<T, F>) {
    this.#options = options;
    $effect(() => {
      void this.#attempt;
      const app = this.#app;
      if (app === undefined) return;
      const controller = new AbortController();
      [this.saved, this.failure, this.#before, this.#done] = [undefined, undefined, undefined, undefined];
      options.load({ app }, controller.signal).then(
        (value) => !controller.signal.aborted && this.#take(value),
        (cause: unknown) => {
          if (!controller.signal.aborted) this.failure = asFailure(cause);
        },
      );
      return () => controller.abort();
    });
  }

  get state(): 'loading' | 'failed' | 'ready' {
    if (this.saved !== undefined) return 'ready';
    return this.failure ? 'failed' : 'loading';
  }

  /** What the fields say, also while parts of it are wrong. */
  get value(): T | undefined {
    return this.#typed?.value;
  }

  get valid(): boolean {
    return this.#typed !== undefined && Object.keys(this.#typed.errors).length === 0;
  }

  /** What was changed by the last saving, while it can be undone. */
  get done(): Change[] | undefined {
    return this.changes.length === 0 ? this.#done : undefined;
  }

  async save(): Promise<void> {
    if (this.#typed && this.saved !== undefined && this.valid) await this.#put(this.#typed.value, this.saved);
  }

  async undo(): Promise<void> {
    if (this.#before === undefined || this.saved === undefined) return;
    await this.#put(this.#before, this.saved);
    if (!this.refusal) [this.#before, this.#done] = [undefined, undefined];
  }

  discard(): void {
    if (this.saved !== undefined) this.#take(this.saved);
  }

  retry(): void {
    this.#attempt += 1;
  }

  #take(value: T) {
    this.saved = value;
    this.values = this.#options.toForm(value);
    this.refusal = undefined;
  }

  async #put(value: T, replaced: T) {
    const app = this.#app;
    if (app === undefined || this.saving) return;
    [this.saving, this.refusal] = [true, undefined];
    try {
      const holds = await this.#options.save({ app }, value);
      if (app !== this.#app) return;
      const { describe } = this.#options;
      this.#done = changesOf(describe(replaced), describe(holds));
      this.#before = replaced;
      this.#take(holds);
    } catch (cause) {
      this.refusal = asFailure(cause);
    } finally {
      this.saving = false;
    }
  }
}

export function createForm<T, F extends object>(options: Options<T, F>): Form<T, F> {
  return new Form(options);
}
