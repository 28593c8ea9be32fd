// Sessions over tabs, rest, time and users.
import { describe, expect, it } from 'vitest';
import { createSession, type SessionChange } from './session';

const MINUTE = 60_000;

function setUp() {
  let now = 1_000_000_000;
  let stored: string | undefined;
  let rate = 1;
  let promoteOn: string[] = [];
  const parse = (): unknown => {
    try {
      return JSON.parse(stored ?? '');
    } catch {
      return undefined;
    }
  };
  const storage = { read: parse, write: (value: unknown) => void (stored = JSON.stringify(value)) };
  const open = () => {
    const changes: SessionChange[] = [];
    const ended: string[] = [];
    const session = createSession({
      storage,
      wall: () => now,
      idleMillis: 15 * MINUTE,
      maxMillis: 240 * MINUTE,
      sampleRate: () => rate,
      promoteOn: () => promoteOn,
      onEnd: () => ended.push(session.id()),
      onChange: (change) => changes.push(change),
    });
    return { session, changes, ended };
  };
  return {
    open,
    pass: (millis: number) => (now += millis),
    set: (text: string | undefined) => (stored = text),
    stored: () => stored,
    sample: (share: number) => (rate = share),
    promote: (...names: string[]) => (promoteOn = names),
  };
}

describe('createSession', () => {
  it('is shared by tabs and later pages', () => {
    const { open, pass } = setUp();
    const first = open().session;
    pass(5 * MINUTE);
    const second = open().session;
    expect(first.begun).toBe(true);
    expect(second.begun).toBe(false);
    expect(second.id()).toBe(first.id());
    expect(first.id()).toMatch(/^[0-9a-f]{32}$/);
  });

  it('#12 ends after rest, stays ended without input, and begins anew with input', () => {
    const { open, pass } = setUp();
    const { session, changes, ended } = open();
    const before = session.id();
    pass(15 * MINUTE);
    expect(session.live()).toBe(false);
    expect(session.id()).toBe(before);
    expect(changes).toEqual([]);
    session.touch();
    expect(session.live()).toBe(true);
    expect(session.id()).not.toBe(before);
    expect(session.previousId()).toBe(before);
    expect(ended).toEqual([before]);
    expect(changes).toEqual([{ begun: true, afterRest: true }]);
  });

  it('#12 ends after four hours whatever the user does', () => {
    const { open, pass } = setUp();
    const { session, changes } = open();
    for (let i = 0; i < 24; i++) {
      pass(10 * MINUTE);
      session.touch();
    }
    expect(changes).toEqual([{ begun: true, afterRest: true }]);
  });

  it('does not live on by being read', () => {
    const { open, pass } = setUp();
    const { session } = open();
    for (let i = 0; i < 14; i++) {
      pass(MINUTE);
      expect(session.live()).toBe(true);
    }
    pass(MINUTE);
    expect(session.live()).toBe(false);
  });

  it('is renewed by input in another tab', () => {
    const { open, pass } = setUp();
    const one = open().session;
    const two = open().session;
    pass(10 * MINUTE);
    two.touch();
    pass(10 * MINUTE);
    expect(one.live()).toBe(true);
  });

  it('follows another tab into its new session', () => {
    const { open, pass } = setUp();
    const one = open();
    const two = open();
    pass(20 * MINUTE);
    two.session.touch();
    expect(one.session.live()).toBe(true);
    expect(one.session.id()).toBe(two.session.id());
    expect(one.changes).toEqual([{ begun: false, afterRest: true }]);
  });

  it('goes on when a visitor gets a name, and begins anew for another one', () => {
    const { open, stored } = setUp();
    const { session, changes } = open();
    const before = session.id();
    session.setUser('ada@example.com');
    session.setUser('ada@example.com');
    expect(session.id()).toBe(before);
    expect(stored()).not.toContain('ada');
    session.setUser('bob');
    expect(session.id()).not.toBe(before);
    expect(session.previousId()).toBeUndefined();
    expect(session.userId()).toBe('bob');
    session.setUser(undefined);
    expect(changes).toHaveLength(2);
  });

  it('knows the user of the page before', () => {
    const { open } = setUp();
    open().session.setUser('ada');
    const next = open();
    next.session.setUser('ada');
    expect(next.changes).toEqual([]);
    next.session.setUser('bob');
    expect(next.changes).toHaveLength(1);
  });

  it.each([
    '',
    'null',
    '[]',
    '{',
    '{"id":1}',
    '["x",1,1,"","",1,0]',
    `["${'a'.repeat(32)}","1",1,"","",1,0]`,
    `["${'a'.repeat(32)}",1,1,"","<script>",1,0]`,
  ])('begins anew when the storage holds %s', (text) => {
    const { open, set } = setUp();
    set(text);
    expect(open().session.begun).toBe(true);
  });

  it('begins anew when the clock was set back', () => {
    const { open, pass } = setUp();
    open();
    pass(-60 * MINUTE);
    expect(open().session.begun).toBe(true);
  });

  it('#34 is chosen once for its whole life, whatever rate comes later', () => {
    const { open, sample, pass } = setUp();
    sample(0);
    const { session } = open();
    expect(session.kept()).toBe(false);
    sample(1);
    expect(session.kept()).toBe(false);
    expect(open().session.kept()).toBe(false);
    pass(20 * MINUTE);
    session.touch();
    expect(session.kept()).toBe(true);
    expect(session.probability()).toBe(1);
  });

  it('keeps to what would bring it back as it was when it began', () => {
    const { open, promote, pass } = setUp();
    promote('order', '/checkout');
    const { session } = open();
    promote('other');
    expect([session.promoteOn(), open().session.promoteOn()]).toEqual([
      ['order', '/checkout'],
      ['order', '/checkout'],
    ]);
    pass(20 * MINUTE);
    session.touch();
    expect(session.promoteOn()).toEqual(['other']);
  });

  it('is kept in all tabs when something happened that makes it worth it', () => {
    const { open, sample, pass } = setUp();
    sample(0);
    const one = open().session;
    const two = open().session;
    one.keep();
    pass(2_000);
    two.live();
    expect(two.kept()).toBe(true);
    expect(two.chosen()).toBe(false);
  });
});
