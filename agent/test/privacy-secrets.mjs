// Makes secrets of many kinds, each with the name of the place it is planted in, and finds them again in what has left.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';

const from = (alphabet, length) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
const letters = (length) => from('bcdfghjklmnpqrstvwxz', length);
const digits = (length) => from('123456789', length);
const base64url = (length) => `${from('0123456789', 1)}${from('abcXYZ0123456789-_', length - 2)}A`;

/** Each kind: the secret, and the parts of it of which none may leave either. */
const KINDS = {
  /** Looks like any word: only a place that is never read keeps it. */
  word: () => whole(`SECRET${letters(10)}`),
  email() {
    const [name, host] = [letters(9), letters(9)];
    return [`${name}.${letters(3)}+news@${host}.example`, name, host];
  },
  jwt() {
    const [payload, signature] = [`eyJ${base64url(30)}`, base64url(43)];
    return [`eyJhbGciOiJIUzI1NiJ9.${payload}.${signature}`, payload, signature];
  },
  card() {
    const groups = [`4${digits(3)}`, digits(4), digits(4), digits(4)];
    return [groups.join(' '), groups.join(''), groups.join('%20'), groups.slice(1).join(' ')];
  },
  number: () => whole(`4${digits(15)}`),
  hex: () => whole(randomBytes(16).toString('hex').replace(/^./, 'a').replace(/.$/, '7')),
  uuid() {
    const uuid = randomUUID();
    return [uuid, uuid.slice(24)];
  },
  token: () => whole(`${letters(3)}${digits(2)}${from('abcdefGHIJKL0123456789', 19)}`),
};

const whole = (text) => [text, text];

/** The kinds that are known by their shape, wherever they stand. */
export const SHAPES = Object.keys(KINDS).filter((kind) => kind !== 'word');

export function createBook() {
  const planted = [];
  /** A secret for this place; the place is what a failure names. */
  function plant(place, kind = 'word') {
    const [text, ...parts] = KINDS[kind]();
    planted.push({ place: `${place} (${kind})`, parts: [text, ...parts] });
    return text;
  }
  return {
    planted,
    plant,
    /** One secret of each shape, as `{ email: '…', … }`. */
    shapes: (place) => Object.fromEntries(SHAPES.map((kind) => [kind, plant(place, kind)])),
    /** Where secrets stand in these texts: "place: …excerpt…". */
    leaks(texts) {
      const readable = texts.flatMap((text) => [text, unescaped(text)]);
      return planted.flatMap(({ place, parts }) => {
        for (const text of readable)
          for (const part of parts)
            for (const form of [part, encodeURIComponent(part), ...base64Forms(part)]) {
              const at = text.indexOf(form);
              if (at >= 0) return [`${place}: …${text.slice(Math.max(0, at - 160), at + form.length + 40)}…`];
            }
        return [];
      });
    },
  };
}

function unescaped(text) {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
}

/** What the inside of a text becomes in base64, whatever stands before it. */
function base64Forms(text) {
  return [0, 1, 2].map((before) => {
    const skipped = (3 - before) % 3;
    const inside = text.slice(skipped, text.length - ((text.length - skipped) % 3));
    return Buffer.from(inside).toString('base64').replace(/=+$/, '');
  });
}
