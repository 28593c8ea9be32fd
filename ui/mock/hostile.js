// Turns a kind answer into what a stranger might send: markup, bidirectional overrides, ten-kilobyte strings, odd links.

const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const BIDI = '\u202Egnp.exe\u2066 \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 abc\u202C';
const LONG = 'long-'.repeat(2000);
const NASTY = [
  MARKUP,
  BIDI,
  LONG,
  'javascript:alert(1)',
  'Z\u0351\u036B\u0343\u036Aa\u0321\u034Al\u0348\u0335g\u0336o',
  '\u0000\u0007control',
  '{{7*7}}',
];
const TEXTS = new Set([
  'label',
  'message',
  'stack',
  'target',
  'entry_route',
  'last_route',
  'route',
  'url',
  'body',
  'statement',
  'browser',
  'release',
  'user_id',
  'root_name',
  'error_type',
  'template',
  'os',
  'key',
  'subject',
  'what',
  'detail',
  'pattern',
  'example',
  'after',
  'reason',
]);

export function poison(answer) {
  let turn = 0;
  const walk = (value, name) => {
    if (Array.isArray(value)) return value.map((item) => walk(item, name));
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, key)]));
    const text = typeof value === 'string' && (TEXTS.has(name) || (name === 'name' && !/^[a-z]{3,10}$/.test(value)));
    if (!text) return value;
    turn += 1;
    return turn % 3 === 0 ? NASTY[(turn / 3) % NASTY.length] : value;
  };
  return walk(answer, '');
}

export function poisonBreakdown(answer) {
  return { ...answer, rows: answer.rows.map((row, i) => (i < NASTY.length ? { ...row, value: NASTY[i] } : row)) };
}
