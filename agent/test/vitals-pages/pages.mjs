// The pages that are measured: one per way in which a visit can go.

const page = (body, head = '<script src="/both.js"></script>') =>
  `<!doctype html><html><head><title>t</title><link rel="icon" href="data:,"><style>
  body { margin: 0; font: 20px sans-serif } button, input { width: 200px; height: 40px }
  </style>${head}</head><body>${body}</body></html>`;

/** Handlers that take their time, and the frame after which somebody may look. */
const slow = `<script>
  const busy = (millis) => { const end = performance.now() + millis; while (performance.now() < end); };
  const on = (id, type, millis) => document.getElementById(id).addEventListener(type, () => busy(millis));
</script>`;

const many = `<button id="many">many</button>${slow}<script>
  let pressed = 0;
  document.getElementById('many').addEventListener('keydown', () => busy(++pressed === 5 ? 800 : 45 + ((pressed * 37) % 60)));
</script>`;

/** A block that moves all below it, by script: \`shift(height)\` ends when it has been painted. */
const shifting = `<div id="pusher"></div><p>All that moves</p><p>and more of it</p><script>
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  const shift = (height) => { document.getElementById('pusher').style.height = height + 'px'; return painted(); };
</script>`;

/** In frames of animation the clock stands, so that two who ask for the time after two frames get the same. */
const standingClock = `<script>
  const now = performance.now.bind(performance);
  const frame = requestAnimationFrame.bind(globalThis);
  let standing;
  performance.now = () => standing ?? now();
  globalThis.requestAnimationFrame = (callback) => frame((at) => {
    standing = at;
    try { callback(at); } finally { standing = undefined; }
  });
</script>`;

const buttons = `<button id="a">a</button><button id="b">b</button><input id="text">${slow}<script>
  on('a', 'pointerdown', 30); on('a', 'click', 90); on('b', 'click', 160); on('text', 'keydown', 70);
  document.getElementById('b').addEventListener('pointerover', () => busy(50));
  document.getElementById('text').addEventListener('input', () => {
    busy(20);
    document.body.style.paddingTop = '1px';
    document.body.getBoundingClientRect();
  });
</script>`;

export const pages = {
  '/empty': page('', ''),
  '/image': page('<h1>Title</h1><img id="hero" width="300" height="200" src="/late.bmp?millis=400">'),
  '/text': page('<p id="words">Some words that are painted and stay the largest thing here.</p>'),
  '/growing': page(`<p id="first">first</p><script>
    setTimeout(() => document.body.insertAdjacentHTML('beforeend', '<h1 id="second">A larger text comes later</h1>'), 300);
  </script>`),
  '/slow-to-load': page('<p>Text</p><img width="300" height="200" src="/late.bmp?millis=1500">'),
  '/buttons': page(`<p>Text</p>${buttons}`),
  '/many': page(`<p>Text</p>${many}`),
  '/many-uncounted': page(
    `<p>Text</p>${many}`,
    '<script>delete Performance.prototype.interactionCount</script><script src="/both.js"></script>',
  ),
  '/quick-untold': page(
    '<p>Text</p><button id="quick">quick</button>',
    `<script>
      const types = PerformanceObserver.supportedEntryTypes.filter((type) => type !== 'first-input');
      Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value: types });
    </script><script src="/both.js"></script>`,
  ),
  '/quick': page('<p>Text</p><button id="quick">quick</button>', `${standingClock}<script src="/both.js"></script>`),
  '/shifting': page(shifting),
  '/everything': page(`${buttons}${shifting}<button id="push">push</button><script>
    document.getElementById('push').addEventListener('click', () => { busy(60); shift(350); });
  </script>`),
  '/frames': page(`<p>Text</p><iframe id="same" src="/inside" width="400" height="300"></iframe>`),
  '/inside': page(`${buttons}${shifting}`, ''),
  '/restored': page(`<p>Text</p>${buttons}${shifting}`, `${standingClock}<script src="/both.js"></script>`),
  '/anything': page(
    `${buttons}${shifting}<button id="push">push</button><script>
      on('a', 'keydown', 45);
      document.getElementById('push').addEventListener('click', () => { busy(60); shift(350); });
    </script>`,
    `${standingClock}<script src="/both.js"></script>`,
  ),
  '/removing': page(
    `<div id="all"><h1 id="title">A title, which is painted first and largest</h1>${buttons}${shifting}</div>`,
    '<script>globalThis.alone = true</script><script src="/both.js"></script>',
  ),
  '/speculating': page(
    '<p>Text</p><a id="go" href="/prerendered">go</a>',
    '<script type="speculationrules">{ "prerender": [{ "source": "list", "urls": ["/prerendered"], "eagerness": "immediate" }] }</script>',
  ),
  '/prerendered': page(`<p id="words">Text that was there before</p>
    <script>
      if (document.prerendering) fetch('/prerendering');
      document.addEventListener('prerenderingchange', () => setTimeout(() => {
        document.body.insertAdjacentHTML('beforeend', '<h1>A larger text that comes when the page is shown</h1>');
        const look = () => {
          const all = [ours, theirs].every((list) => ['lcp', 'cls', 'ttfb'].every((name) => list.some((v) => v.name === name)));
          if (all) fetch('/told');
          else requestAnimationFrame(look);
        };
        look();
      }), { once: true });
      document.addEventListener('visibilitychange', () => {
        const [{ activationStart }] = performance.getEntriesByType('navigation');
        if (document.visibilityState === 'hidden') navigator.sendBeacon('/result', JSON.stringify({ ours, theirs, activationStart }));
      });
    </script>`),
  '/late': page(
    `<h1>Title</h1><img width="300" height="200" src="/late.bmp">${buttons}${shifting}
    <script>
      shift(200).then(() => shift(260));
      addEventListener('load', () => setTimeout(() => {
        document.head.append(Object.assign(document.createElement('script'), { src: '/both.js' }));
      }, 1000));
    </script>`,
    '',
  ),
  '/soft': page(
    `<a id="list" href="/list">List</a><main id="main"><p>Home</p></main>${slow}<script>
    document.getElementById('list').addEventListener('click', async (event) => {
      event.preventDefault();
      busy(60);
      await fetch('/text');
      history.pushState({}, '', '/list');
      document.getElementById('main').innerHTML =
        '<h1>A list of things</h1><img id="late" width="300" height="200" src="/late.bmp?millis=300">';
    });
  </script>`,
    '<script src="/both.js"></script><script src="/soft.js"></script>',
  ),
};

/** The page with a picture, as one that the browser keeps. */
pages['/cached'] = (_request, response) =>
  response.setHeader('content-type', 'text/html').setHeader('cache-control', 'max-age=600').end(pages['/image']);

/** The same page with a picture from another origin, which keeps its times to itself. */
export const foreign = (other) => page(`<p>Text</p><img width="300" height="200" src="${other}/late.bmp?millis=200">`);
