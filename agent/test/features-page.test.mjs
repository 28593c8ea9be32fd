// What a page says of itself, and how far it was read: transactions, timings, context, flags, scroll, names and masks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leave, openBrowser, started } from './browser.mjs';
import { html } from './site.mjs';
import { arrived, startedByScript, visiting } from './visiting.mjs';

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const plain = (data = '', body = '<p>plain</p>') => ({ '/': html(body, { data }) });

test('a transaction over two documents has one duration', () =>
  visiting(
    browser,
    { ...plain('data-allow-attributes="plan"'), '/pay': html('<p>pay</p>') },
    async ({ page, origin, receiver }) => {
      await page.evaluate(() => Limen.transaction('checkout', 'start', { plan: 'gold', card: '4242' }));
      // So long that what lies before the second document is told from what lies in it.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
      await page.goto(`${origin}/pay`, { waitUntil: 'load' });
      await page.evaluate(() => {
        Limen.transaction('checkout', 'success');
        Limen.transaction('never.begun', 'failure');
      });
      assert.doesNotMatch(await page.evaluate(() => Object.values(sessionStorage).join()), /checkout/);
      await leave(page);
      const told = await receiver.until('all steps', (r) => {
        const steps = r.events('limen.transaction');
        return steps.length === 3 && steps.sort((a, b) => a.time - b.time);
      });
      assert.deepEqual(
        told.map(({ at }) => [at['limen.transaction.name'], at['limen.transaction.state']]),
        [
          ['checkout', 'start'],
          ['checkout', 'success'],
          ['never.begun', 'failure'],
        ],
      );
      const [start, success, other] = told;
      assert.deepEqual([start.at.plan, start.at.card, start.at['limen.duration']], ['gold', undefined, undefined]);
      // Each document has a time origin of its own, which a busy browser sets some milliseconds off.
      const [lasted, between] = [success.at['limen.duration'], success.time - start.time];
      assert.ok(lasted >= 290 && Math.abs(lasted - between) <= 50, `${lasted} ms, ${between} ms between the two`);
      assert.equal(other.at['limen.duration'], undefined, 'what has not begun has no duration');
    },
  ));

test('a timing of the page is an event with its duration', () =>
  visiting(browser, plain('data-allow-attributes="kind"'), async ({ page, receiver }) => {
    await page.evaluate(() => Limen.timing('search.shown', 123.4, { kind: 'full', query: 'secret' }));
    await leave(page);
    const [timing] = await arrived(receiver, 'limen.timing');
    assert.equal(timing.at['limen.timing.name'], 'search.shown');
    assert.equal(timing.at['limen.duration'], 123.4);
    assert.deepEqual([timing.at.kind, timing.at.query], ['full', undefined]);
  }));

test('context is on everything from then on, by the names that are allowed', () =>
  visiting(browser, plain('data-allow-attributes="plan tenant"'), async ({ page, receiver }) => {
    await page.evaluate(async () => {
      Limen.event('one');
      Limen.setContext({ plan: 'gold', tenant: 'acme', email: 'ada@example.com' });
      Limen.event('two');
      Limen.setContext({ tenant: undefined });
      Limen.event('three', { plan: 'own' });
      await (await fetch('/api/ok')).text();
    });
    await leave(page);
    const told = await arrived(receiver, 'one', 'two', 'three', 'limen.view');
    assert.deepEqual(
      told.map(({ at }) => [at.plan, at.tenant, at.email]),
      [
        [undefined, undefined, undefined],
        ['gold', 'acme', undefined],
        ['own', undefined, undefined],
        ['gold', undefined, undefined],
      ],
    );
    const [span] = await receiver.until('the span', (r) => r.spans('GET'));
    assert.equal(span.at.plan, 'gold');
    assert.ok(!receiver.bodies.some(({ text }) => text.includes('example.com')));
  }));

test('the id of a user leaves only when that is allowed', async () => {
  for (const [data, expected] of [
    ['', undefined],
    ['data-allow-user', 'ada'],
  ])
    await visiting(browser, plain(data), async ({ page, receiver }) => {
      await page.evaluate(() => {
        Limen.setUser('ada');
        Limen.event('known');
      });
      await leave(page);
      const [known, view] = await arrived(receiver, 'known', 'limen.view', 'limen.agent');
      assert.deepEqual([known.at['user.id'], view.at['user.id']], [expected, expected]);
    });
});

test('a feature flag is told once for each variant, and is in the view', () =>
  visiting(browser, plain(), async ({ page, receiver }) => {
    await page.evaluate(() => {
      Limen.flag('checkout', 'new', { reason: 'targeting_match', provider: 'flags.example' });
      Limen.flag('checkout', 'new');
      Limen.flag('dark', true);
      Limen.flag('checkout', 'old');
    });
    await leave(page);
    const told = await receiver.until('the flags', (r) => {
      const flags = r.events('feature_flag.evaluation');
      return flags.length === 3 && flags.sort((a, b) => a.at['limen.event.id'] - b.at['limen.event.id']);
    });
    assert.deepEqual(
      told.map(({ at }) => [at['feature_flag.key'], at['feature_flag.result.variant']]),
      [
        ['checkout', 'new'],
        ['dark', 'true'],
        ['checkout', 'old'],
      ],
    );
    assert.equal(told[0].at['feature_flag.result.reason'], 'targeting_match');
    assert.equal(told[0].at['feature_flag.provider.name'], 'flags.example');
    await arrived(receiver, 'limen.view', 'limen.agent');
    assert.deepEqual(receiver.views()[0].at['limen.view.feature_flags'], ['checkout=old', 'dark=true']);
  }));

test('scroll depth is the share of the page that was seen', () =>
  visiting(browser, plain('', '<p style="height: 3982px; margin: 0">long</p>'), async ({ page, receiver }) => {
    await page.evaluate(
      () =>
        new Promise((done) => {
          addEventListener('scroll', () => requestAnimationFrame(done), { once: true });
          scrollTo(0, 1_000);
        }),
    );
    const expected = await page.evaluate(() => (1_000 + innerHeight) / document.documentElement.scrollHeight);
    await leave(page);
    await arrived(receiver, 'limen.view', 'limen.agent');
    const [view] = receiver.views();
    assert.ok(Math.abs(view.at['limen.view.scroll_depth'] - expected) < 0.001, `${view.at['limen.view.scroll_depth']}`);
    assert.equal(view.at['limen.view.abandoned'], undefined, 'who scrolls has not abandoned it');
  }));

test('a view that is left before its largest paint, or without scroll and click, is abandoned', async () => {
  await visiting(browser, plain('', '<h1>Painted</h1>'), async ({ page, receiver }) => {
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
    await leave(page);
    const view = await receiver.until('the painted view', (r) => r.views().find(({ at }) => at['limen.view.lcp']));
    assert.equal(view.at['limen.view.abandoned'], 'before_scroll');
    assert.equal(view.at['limen.view.scroll_depth'], undefined);
  });
  await visiting(browser, plain('', ''), async ({ page, receiver }) => {
    await leave(page);
    await arrived(receiver, 'limen.view', 'limen.agent');
    assert.equal(receiver.views()[0].at['limen.view.abandoned'], 'before_lcp');
  });
  await visiting(browser, plain('', '<button id="b">b</button>'), async ({ page, receiver }) => {
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
    await page.click('#b');
    await leave(page);
    await arrived(receiver, 'limen.view', 'limen.agent', 'browser.user_action.click');
    assert.equal(receiver.views()[0].at['limen.view.abandoned'], undefined);
  });
});

const FIELDS = `
  <div data-limen-mask id="person-4711" class="secret-class">
    <button id="masked" class="vip" data-limen-allow>Ada Lovelace</button></div>
  <button id="named" data-limen-name="pay">Secret amount</button>
  <button id="allowed" data-limen-allow>Add   to
    cart</button>
  <button id="plain">Secret text</button>
  <button id="user-123456789" class="row item-1f2e3d4c5b6a79880">Secret id</button>`;
const namesOf = (receiver, count) =>
  receiver.until('the clicks', (r) => {
    const clicks = r.events('browser.user_action.click');
    const sorted = clicks.sort((a, b) => a.time - b.time);
    return clicks.length === count && sorted.map(({ at }) => [at['limen.action.name'], at['browser.css_selector']]);
  });

test('names of actions: those given, the text where it is allowed, and only the tag where it is masked', () =>
  visiting(browser, plain('', FIELDS), async ({ page, receiver }) => {
    for (const button of await page.$$('button')) await button.click();
    await leave(page);
    const names = await namesOf(receiver, 5);
    assert.deepEqual(
      names.map(([name]) => name),
      ['button', 'pay', 'Add to cart', 'button#plain', 'button.row'],
    );
    assert.doesNotMatch(names[0][1], /person|secret|vip|masked/);
    const sent = receiver.bodies.map(({ text }) => text).join();
    assert.doesNotMatch(sent, /Secret|Ada|Lovelace|person-4711|secret-class|123456789|1f2e3d4c/);
  }));

test('the text of all elements may be allowed, but not of those that are masked', () =>
  visiting(browser, plain('data-allow-text', FIELDS), async ({ page, receiver }) => {
    for (const id of ['masked', 'plain']) await page.click(`#${id}`);
    await leave(page);
    assert.deepEqual(
      (await namesOf(receiver, 2)).map(([name]) => name),
      ['button', 'Secret text'],
    );
  }));

const hooked = (hook) => ({
  '/': startedByScript('<p>hooked</p>', `{ beforeSend: ${hook}, allowAttributes: ['mail'] }`),
});

test('beforeSend may change a record', () =>
  visiting(
    browser,
    hooked(`(record) => {
      if (record.name === 'mine') { record.name = 'renamed'; record.attributes.mail = 'hidden'; record.attributes.more = 1; }
      if (record.type === 'span') record.attributes.seen = true;
      return record;
    }`),
    async ({ page, receiver }) => {
      await page.evaluate(() => Limen.event('mine', { mail: 'ada@example.com' }));
      await leave(page);
      const [renamed] = await arrived(receiver, 'renamed', 'limen.agent');
      assert.deepEqual([renamed.at.mail, renamed.at.more], ['hidden', 1]);
      assert.ok(receiver.spans().every(({ at }) => at.seen));
      assert.ok(!receiver.bodies.some(({ text }) => /example\.com|"mine"/.test(text)));
    },
  ));

for (const [what, act] of [
  ['answers nothing', 'return null'],
  ['forgets to answer', ''],
  ['throws', "throw new Error('hook')"],
])
  test(`beforeSend that ${what} lets nothing pass, and it is counted`, () =>
    visiting(
      browser,
      hooked(`(record) => { if (record.name === 'mine') { ${act}; } else return record; }`),
      async ({ page, receiver }) => {
        const errors = [];
        page.on('pageerror', (error) => errors.push(error));
        await page.evaluate(() => {
          Limen.event('mine');
          Limen.event('other');
        });
        await leave(page);
        const [, agent] = await arrived(receiver, 'other', 'limen.agent', 'limen.view');
        assert.deepEqual(receiver.events('mine'), []);
        assert.equal(agent.at['limen.agent.dropped.before_send'], 1);
        assert.equal(receiver.views()[0].at['limen.view.dropped'], 1);
        assert.deepEqual(errors, []);
      },
    ));

test('the agent tells what it cost: time, its longest task and the bytes it sent', () =>
  visiting(browser, plain(), async ({ page, receiver }) => {
    await receiver.until('the first batch', (r) => r.bodies);
    await leave(page);
    const [own] = await arrived(receiver, 'limen.agent');
    // A body that tells what was sent is not sent yet.
    const before = receiver.bodies.filter(({ text }) => !text.includes('limen.agent.sent_bytes'));
    const sent = before.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(own.at['limen.agent.time'] > 0);
    assert.ok(own.at['limen.agent.longest_task'] > 0);
    assert.ok(own.at['limen.agent.longest_task'] <= own.at['limen.agent.time']);
    assert.equal(own.at['limen.agent.sent_bytes'], sent);
    assert.equal(own.at['limen.agent.faults'], 0);
    assert.equal(own.at['limen.agent.shed'], undefined);
  }));

test('an agent that costs more than it may sheds features in their order, and says so', () =>
  visiting(
    browser,
    { '/': html('<p>costly</p>', { data: 'data-budget-millis="0" data-user-timing' }) },
    async ({ page, receiver }) => {
      // What a page hands over is read in our time: this takes more than one percent of a minute.
      const cost = () =>
        page.evaluate(() =>
          Limen.setContext({
            get slow() {
              for (const end = performance.now() + 600; performance.now() < end;);
              return 1;
            },
          }),
        );
      await cost();
      await receiver.until('a batch, with which the first feature goes', (r) => r.bodies);
      await page.evaluate(() => performance.measure('mine'));
      await cost();
      await leave(page);
      const own = await receiver.until('what it says of itself', (r) =>
        r.events('limen.agent').find(({ at }) => at['limen.agent.shed']),
      );
      const order = ['user_timing', 'console', 'resources', 'frames', 'reports', 'scroll', 'clicks'];
      assert.deepEqual(own.at['limen.agent.shed'], order.slice(0, own.at['limen.agent.shed'].length));
      assert.deepEqual(receiver.events('limen.timing'), [], 'what was shed tells no more');
    },
  ));

test('what the page leaves out of the budget is not shed', () =>
  visiting(browser, plain('data-budget-millis="60000"'), async ({ page, receiver }) => {
    await started(page);
    await leave(page);
    const [own] = await arrived(receiver, 'limen.agent');
    assert.equal(own.at['limen.agent.shed'], undefined);
  }));
