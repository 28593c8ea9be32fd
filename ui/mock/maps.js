// Source maps of three releases of a shop, some known by their debug id alone.
const HOUR = 3_600_000;
const SCRIPTS = ['index', 'checkout', 'product', 'vendor'];
const deleted = new Set();

export function sourceMaps(world, query) {
  if (world.sessions.length === 0) return { maps: [], next_cursor: null };
  const maps = ['1.43.0', '1.42.1', null].flatMap((release, build) =>
    SCRIPTS.map((script, at) => mapOf(release, script, build * SCRIPTS.length + at)),
  );
  const wanted = query.get('release');
  const shown = maps.filter((map) => !deleted.has(map.id) && (wanted === null || map.release === wanted));
  return { maps: shown, next_cursor: null };
}

export function deleteMap(id) {
  deleted.add(id);
  return { id };
}

function mapOf(release, script, index) {
  const digits = (index * 2654435761).toString(16).padStart(12, '0').slice(-12);
  const bytes = 180_000 + ((index * 7919) % 23) * 310_000;
  return {
    id: `map-${index}`,
    release,
    path: release === null ? null : `/assets/${script}-${digits.slice(0, 8)}.js`,
    debug_id: index % 5 === 1 && release !== null ? null : `${digits.slice(0, 8)}-1c2d-8e3f-a4b5-${digits}`,
    bytes,
    packed_bytes: Math.round(bytes * 0.23),
    uploaded: new Date(Date.now() - (Math.floor(index / SCRIPTS.length) * 53 + 2) * HOUR).toISOString(),
  };
}
