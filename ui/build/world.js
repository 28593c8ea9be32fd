// The countries of the world as SVG paths in the Equal Earth projection, made while building from Natural Earth's shapes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const NAME = 'virtual:world';
/** Width of the map in its own units; coordinates are whole numbers of them. */
const WIDTH = 2000;
/** What lies beyond is ice: Antarctica is in the list beside the map only. */
const [NORTH, SOUTH] = [84, -57];

/** Areas that Natural Earth gives no code of ISO 3166, and the code under which databases of addresses list them. */
const CODES_OF_NAMES = { Kosovo: 'XK', 'N. Cyprus': 'CY', Somaliland: 'SO' };
/** Parts of a country with a code of their own: which of its rings, by the middle of the ring. */
const PARTS = {
  FR: [['GF', ([longitude, latitude]) => longitude < -50 && latitude > 1 && latitude < 7]],
  NO: [['SJ', ([, latitude]) => latitude > 75]],
};
/** Places that Natural Earth counts as part of another country, or leaves out: longitude and latitude. */
const PLACES = {
  BQ: [-68.3, 12.2],
  BV: [3.4, -54.4],
  CC: [96.8, -12.2],
  CX: [105.6, -10.5],
  GI: [-5.35, 36.1],
  GP: [-61.5, 16.2],
  MQ: [-61, 14.6],
  RE: [55.5, -21.1],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.5],
  UM: [166.6, 19.3],
  YT: [45.2, -12.8],
};

/** Serves the map as a module, which is a file of its own in the build. */
export function world() {
  return {
    name: 'limen-world',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      return Object.entries(drawWorld())
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join('\n');
    },
  };
}

/** Paths of the countries, and where each of them, and each place without a path, has its middle. */
export function drawWorld() {
  const rings = ringsByCode(countriesOf('countries-110m.json'));
  const places = ringsByCode(countriesOf('countries-50m.json'));
  const [shapes, centres] = [{}, {}];
  for (const [code, ringsOfIt] of rings) {
    if (code === 'AQ') continue;
    const drawn = ringsOfIt.map((ring) => ring.map(toMap));
    const path = drawn.map(pathOf).join('');
    if (path !== '') shapes[code] = path;
    centres[code] = middleOf(drawn.reduce(largerOf)).map(Math.round);
  }
  const dots = [...places].map(([code, ringsOfIt]) => [code, middleOf(ringsOfIt.reduce(largerOf))]);
  for (const [code, at] of [...dots, ...Object.entries(PLACES)]) {
    if (!(code in centres) && code !== 'AQ') centres[code] = toMap(at).map(Math.round);
  }
  return { width: WIDTH, height: Math.round(toMap([0, SOUTH])[1]), shapes, centres };
}

const largerOf = (one, other) => (areaOf(one) >= areaOf(other) ? one : other);

/**
 * Equal Earth, in which equal areas are equal: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection",
 * International Journal of Geographical Information Science 33 (2019), doi 10.1080/13658816.2018.1504949.
 */
export function equalEarth([longitude, latitude]) {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin((latitude * Math.PI) / 180));
  const [square, sixth] = [theta ** 2, theta ** 6];
  const slope = 9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1;
  const x = (2 * Math.sqrt(3) * ((longitude * Math.PI) / 180) * Math.cos(theta)) / (3 * slope);
  return [x, theta * (a4 * sixth * square + a3 * sixth + a2 * square + a1)];
}

const SCALE = WIDTH / 2 / equalEarth([180, 0])[0];
const TOP = equalEarth([0, NORTH])[1];

function toMap(place) {
  const [x, y] = equalEarth(place);
  return [WIDTH / 2 + x * SCALE, (TOP - y) * SCALE];
}

/** Code, name and rings of longitudes and latitudes; holes are left out, since what is in them is drawn over them. */
function countriesOf(file) {
  const path = createRequire(import.meta.url).resolve(`world-atlas/${file}`);
  const { arcs, transform, objects } = JSON.parse(readFileSync(path, 'utf8'));
  const lines = arcs.map((arc) => lineOf(arc, transform));
  return objects.countries.geometries.map(({ id, type, properties, arcs: parts }) => ({
    code: id ? new Intl.Locale(`und-${id}`).region : CODES_OF_NAMES[properties.name],
    rings: (type === 'Polygon' ? [parts] : parts).flatMap(([outer]) => splitAtDateLine(joined(outer, lines))),
  }));
}

/** An arc of TopoJSON: whole numbers, each the difference to the one before. */
function lineOf(arc, { scale, translate }) {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/** A ring from its arcs; the complement of a number stands for an arc that is walked backwards. */
function joined(indices, lines) {
  return indices.flatMap((index) => (index < 0 ? lines[~index].toReversed() : lines[index]).slice(0, -1));
}

/** A ring that steps over the 180th meridian becomes two, one at each edge of the map. */
function splitAtDateLine(ring) {
  let turns = 0;
  const unwound = ring.map(([longitude, latitude], i) => {
    const step = longitude - (ring[i - 1]?.[0] ?? longitude);
    if (Math.abs(step) > 180) turns -= Math.sign(step);
    return [longitude + turns * 360, latitude];
  });
  if (unwound.every(([longitude]) => Math.abs(longitude) <= 180)) return [ring];
  const [least, most] = [-1, 1].map((side) => Math.max(...unwound.map(([longitude]) => side * longitude)));
  const edge = most > least ? 180 : -180;
  const over = cut(unwound, (longitude) => (longitude - edge) * Math.sign(edge), edge);
  const rest = cut(unwound, (longitude) => (edge - longitude) * Math.sign(edge), edge);
  return [rest, over.map(([longitude, latitude]) => [longitude - 2 * edge, latitude])].filter(
    (part) => part.length > 2,
  );
}

/** What of a ring lies where `inside` is not negative; where it leaves that, it follows the meridian `edge`. */
function cut(ring, inside, edge) {
  return ring.flatMap((point, i) => {
    const next = ring[(i + 1) % ring.length];
    const [here, there] = [inside(point[0]), inside(next[0])];
    const kept = here >= 0 ? [point] : [];
    if (here * there >= 0) return kept;
    return [...kept, [edge, point[1] + ((next[1] - point[1]) * here) / (here - there)]];
  });
}

function ringsByCode(countries) {
  const found = new Map();
  for (const { code, rings } of countries) {
    if (code === undefined) continue;
    for (const ring of rings) {
      const part = PARTS[code]?.find(([, isIn]) => isIn(middleOf(ring)))?.[0] ?? code;
      found.set(part, [...(found.get(part) ?? []), ring]);
    }
  }
  return found;
}

function pathOf(ring) {
  const points = ring.map((point) => point.map(Math.round));
  const [first, ...rest] = points;
  let before = first;
  const steps = rest.flatMap((point) => {
    const step = [point[0] - before[0], point[1] - before[1]];
    before = point;
    return step[0] === 0 && step[1] === 0 ? [] : step;
  });
  // Rings that end as less than a triangle are islands too small for the map.
  if (steps.length < 4) return '';
  return `M${first.join(' ')}l${steps.join(' ').replaceAll(' -', '-')}z`;
}

/** Twice the signed area of each edge with the origin, and where it lies. */
function edgesOf(ring) {
  return ring.map(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return { cross: x * nextY - nextX * y, x: x + nextX, y: y + nextY };
  });
}

function areaOf(ring) {
  return Math.abs(edgesOf(ring).reduce((sum, { cross }) => sum + cross, 0)) / 2;
}

function middleOf(ring) {
  const edges = edgesOf(ring);
  const area = edges.reduce((sum, { cross }) => sum + cross, 0) * 3;
  if (area === 0) return ring[0];
  const along = (axis) => edges.reduce((sum, edge) => sum + edge[axis] * edge.cross, 0) / area;
  return [along('x'), along('y')];
}
