// Whatever was packed comes out again, by another implementation of the format.
import { describe, expect, it } from 'vitest';
import { PACK_MAX_BYTES } from '../limits';
import { finishPack, forgetPack, pack } from './gzip';

const packAll = (texts: string[]): Uint8Array => {
  texts.forEach(pack);
  return finishPack();
};
const through = (body: BlobPart, stream: CompressionStream | DecompressionStream): Response =>
  new Response(new Blob([body]).stream().pipeThrough(stream));
async function comesBack(texts: string[]): Promise<void> {
  const body = packAll(texts) as Uint8Array<ArrayBuffer>;
  const text = await through(body, new DecompressionStream('gzip')).text();
  expect(text === texts.join('')).toBe(true);
}

/** mulberry32: the same numbers in every run. */
function randoms(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe('pack', () => {
  it.each([
    [['a']],
    [['abcd'.repeat(2)]],
    [['x'.repeat(256)]],
    [['x'.repeat(257)]],
    [['x'.repeat(258)]],
    [['x'.repeat(259)]],
    [['x'.repeat(PACK_MAX_BYTES)]],
    [['é€😀', '\u0000\u00ff', '\u07ff\uffff']],
    [['', 'nothing before', '', '']],
  ])('gives back %#', (texts) => comesBack(texts));

  it('begins anew after it was told to forget', async () => {
    pack('what was before');
    forgetPack();
    await comesBack(['what is after']);
  });

  it('gives back whatever repeats, at any length and distance', async () => {
    const random = randoms(7);
    for (let round = 0; round < 150; round++) {
      const letters = 1 + random(60);
      let whole = '';
      const texts: string[] = [];
      while (whole.length < 500 + random(90_000)) {
        const from = random(whole.length + 1);
        const text =
          random(3) && whole
            ? whole.slice(from, from + random(400))
            : String.fromCharCode(...Array.from({ length: random(50) }, () => 48 + random(letters)));
        texts.push(text);
        whole += text;
      }
      await comesBack([...texts, '.']);
    }
  });

  it('gives back what reaches over the window of 32 KiB', async () => {
    const random = randoms(1);
    const noise = (length: number): string => String.fromCharCode(...Array.from({ length }, () => 32 + random(95)));
    const word = 'a word that comes again';
    for (const gap of [32_700, 32_768 - word.length, 32_767, 32_768, 32_769, 40_000])
      await comesBack([word, noise(gap - word.length), word]);
  });

  it('makes of records little more than zlib makes of them', async () => {
    const random = randoms(3);
    const records = Array.from({ length: 40 }, (_, at) =>
      JSON.stringify({
        timeUnixNano: `17950000${random(1e9)}000`,
        eventName: ['browser.resource_timing', 'browser.user_action.click', 'limen.view'][random(3)],
        attributes: ['session.id', 'limen.view.id', 'url.full', 'browser.resource_timing.duration'].map((key, i) => ({
          key,
          value: i < 2 ? { stringValue: `${i}5d41402abc4b2a76` } : { doubleValue: random(90_000) / 10 + at },
        })),
      }),
    );
    const other = await through(records.join(), new CompressionStream('gzip')).arrayBuffer();
    expect(packAll(records.map((record) => `${record},`)).length).toBeLessThan(other.byteLength * 1.6);
  });
});
