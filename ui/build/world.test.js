// The map knows every country, lies where it should, and stays small.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawWorld, equalEarth } from './world.js';

const GZIP_MAX_BYTES = 30_000;
/** Every code of ISO 3166-1, which is what databases of addresses answer, and Kosovo's. */
const CODES =
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
  CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB
  GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
  KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX
  MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE
  SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC
  VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`.split(/\s+/);

const drawn = drawWorld();

describe('the map of the world', () => {
  it('has a place for every country but Antarctica, and for nothing else', () => {
    const known = Object.keys(drawn.centres);
    expect(CODES.filter((code) => !known.includes(code))).toEqual(['AQ']);
    expect(known.filter((code) => !CODES.includes(code))).toEqual([]);
    expect(CODES.length).toBe(250);
  });

  it('has a mark for those that are too small for a shape', () => {
    for (const code of ['SG', 'HK', 'MO', 'MT', 'BH', 'MU', 'MC', 'TV', 'GI', 'RE']) {
      expect(drawn.shapes[code], code).toBeUndefined();
      expect(drawn.centres[code], code).toBeDefined();
    }
  });

  it('keeps everything inside its frame', () => {
    for (const [code, [x, y]] of Object.entries(drawn.centres))
      expect(x >= 0 && x <= drawn.width && y >= 0 && y <= drawn.height, code).toBe(true);
  });

  it('draws no line across the map where a country lies on both sides of the date line', () => {
    for (const [code, path] of Object.entries(drawn.shapes)) {
      for (const ring of path.split('M').slice(1)) {
        const steps = ring.split('l')[1].match(/-?\d+/g).map(Number);
        const widest = Math.max(...steps.filter((_, i) => i % 2 === 0).map(Math.abs));
        expect(widest, code).toBeLessThan(drawn.width / 8);
      }
    }
    expect(drawn.shapes['RU'].match(/M/g).length).toBeGreaterThan(10);
  });

  it('gives parts with a code of their own to that code', () => {
    expect(drawn.shapes['GF'].match(/M/g)).toHaveLength(1);
    const [frenchGuiana, france] = [drawn.centres['GF'], drawn.centres['FR']];
    expect(frenchGuiana[0]).toBeLessThan(france[0] - 200);
    expect(drawn.centres['SG'][0]).toBeGreaterThan(drawn.centres['IN'][0]);
  });

  it('is small enough to be loaded with the page that shows it', () => {
    expect(gzipSync(JSON.stringify(drawn), { level: 9 }).length).toBeLessThan(GZIP_MAX_BYTES);
  });
});

describe('the Equal Earth projection', () => {
  it('has the extent that its authors give', () => {
    expect(equalEarth([180, 0])[0]).toBeCloseTo(2.70663, 4);
    expect(equalEarth([0, 90])[1]).toBeCloseTo(1.31732, 4);
    expect(equalEarth([180, 90])[0] / equalEarth([180, 0])[0]).toBeCloseTo(0.59247, 3);
  });

  it('keeps areas: a square degree counts as much as its cosine', () => {
    const areaAt = (latitude) => {
      const step = 0.01;
      const [[ax, ay], [bx, by], [cx, cy]] = [
        [50, latitude],
        [50 + step, latitude],
        [50, latitude + step],
      ].map(equalEarth);
      return Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
    };
    for (const latitude of [-60, -20, 30, 45, 70])
      expect(areaAt(latitude) / areaAt(0)).toBeCloseTo(Math.cos((latitude * Math.PI) / 180), 2);
  });
});
