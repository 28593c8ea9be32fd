// Packs text as it comes, and is done at once when it is asked: a page that leaves has no time for the browser's stream.
// DEFLATE with fixed Huffman codes and hash chains (RFC 1951, sections 3.2.6 and 4) in the frame of RFC 1952.
import { PACK_MAX_BYTES } from '../limits';
import { encoder } from './encode';

export type Packed = Uint8Array<ArrayBuffer>;

const MATCH_MIN = 4;
/** RFC 1951 gives 258 a code of its own; without it one formula does for all lengths. */
const MATCH_MAX = 257;
const WINDOW = 32_768;
/** So many earlier places that look alike are tried: more find little more in records. */
const TRIES = 4;
const END = 256;
const DISTANCES = 288;

let text: Uint8Array;
let packed: Packed;
/** By hash: one more than the place it was last seen at. By that number, in the window: the same for the time before. */
let heads: Uint32Array;
let before: Uint32Array;
/** By symbol: its code, its first bit lowest, and in the low four bits how many there are. */
let codes: Uint16Array;
let crcs: Int32Array;
let length = 0;
let at: number;
let crc: number;
let bits: number;
let held: number;
let distance: number;

function begin(): void {
  if (!text) {
    text = new Uint8Array(PACK_MAX_BYTES);
    // What cannot be packed takes nine bits a byte.
    packed = new Uint8Array(PACK_MAX_BYTES * 1.2);
    before = new Uint32Array(WINDOW);
    heads = new Uint32Array(8_192);
    codes = Uint16Array.from({ length: 320 }, (_, symbol) => {
      const [size, code] =
        symbol < 144
          ? [8, symbol + 48]
          : symbol < END
            ? [9, symbol + 256]
            : symbol < 280
              ? [7, symbol - END]
              : symbol < DISTANCES
                ? [8, symbol - 88]
                : [5, symbol - DISTANCES];
      let turned = 0;
      for (let i = 0; i < size; i++) turned |= ((code >> i) & 1) << (size - 1 - i);
      return (turned << 4) | size;
    });
    crcs = Int32Array.from({ length: 256 }, (_, byte) => {
      for (let i = 8; i--;) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
      return byte;
    });
  }
  packed.set([31, 139, 8, 0, 0, 0, 0, 0, 0, 3]);
  at = 10;
  bits = held = 0;
  crc = -1;
  heads.fill(0);
  // The last block, and the only one, with fixed codes.
  put(3, 3);
}

function put(value: number, size: number): void {
  bits |= value << held;
  for (held += size; held > 7; held -= 8) {
    packed[at++] = bits;
    bits >>>= 8;
  }
}

const putSymbol = (symbol: number): void => put(codes[symbol]! >> 4, codes[symbol]! & 15);

/** Lengths and distances: a symbol for the highest bits, the highest and so many after it, and the others as they are. */
function putNumber(first: number, value: number, after: number): void {
  const rest = Math.max(0, 31 - after - Math.clz32(value));
  putSymbol(first + (rest << after) + (value >> rest));
  put(value & ((1 << rest) - 1), rest);
}

/** Packs more of the text. */
export function pack(more: string): void {
  if (!length) begin();
  let place = length;
  length += encoder.encodeInto(more, text.subarray(length)).written;
  for (let i = place; i < length; i++) crc = crcs[(crc ^ text[i]!) & 255]! ^ (crc >>> 8);
  while (place < length) {
    const size = longestMatch(place);
    if (size >= MATCH_MIN) {
      putNumber(257, size - 3, 2);
      putNumber(DISTANCES, distance - 1, 1);
      place += size;
    } else putSymbol(text[place++]!);
  }
}

/**
 * How much of what follows was there before, at `distance`, looked up in the last few places that begin alike. Of a match
 * only the first place is noted.
 */
function longestMatch(place: number): number {
  const four = text[place]! | (text[place + 1]! << 8) | (text[place + 2]! << 16) | (text[place + 3]! << 24);
  const hash = Math.imul(four, 0x9e3779b1) >>> 19;
  const most = Math.min(MATCH_MAX, length - place);
  let best = 0;
  let next = heads[hash]!;
  heads[hash] = place + 1;
  before[(place + 1) % WINDOW] = next;
  for (let tries = TRIES; tries-- && next && place - next < WINDOW; next = before[next % WINDOW]!) {
    let size = 0;
    while (size < most && text[next - 1 + size] === text[place + size]) size++;
    if (size > best) {
      best = size;
      distance = place - next + 1;
    }
  }
  return best;
}

export function forgetPack(): void {
  length = 0;
}

/** All that was packed since the last time. */
export function finishPack(): Packed {
  putSymbol(END);
  put(0, 7);
  for (const word of [~crc, length]) for (let i = 0; i < 32; i += 8) packed[at++] = word >> i;
  length = 0;
  return packed.slice(0, at);
}
