// A page with a secret in every place a page can hold one, and what the visitor and the page do there.

const INPUTS =
  'text password email tel url search number date time month week datetime-local color range hidden checkbox radio file submit reset button';
const ESCAPES = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
const quote = (text) => String(text).replace(/[&<"]/g, (character) => ESCAPES[character]);
const pathOf = (shapes) => Object.values(shapes).map(encodeURIComponent).join('/');
const slug = (text) => text.replaceAll(' ', '-');

/** All elements, with what they hold; `data-click` marks those a visitor clicks. */
export function elements({ plant, shapes }) {
  const typeSafe = { number: '5', range: '5', date: '2001-02-03', time: '04:05', month: '2001-02', week: '2001-W02', 'datetime-local': '2001-02-03T04:05', color: '#010203', file: '' }; // prettier-ignore
  const inputs = INPUTS.split(' ').map((type) => {
    const value = typeSafe[type] ?? plant(`value of input ${type}`);
    const kept = ['file', 'color', 'date', 'time', 'month', 'week', 'datetime-local', 'hidden'].includes(type);
    return `<label>${plant(`label of input ${type}`)}<input type="${type}" name="${plant('name of an input')}" value="${value}"
      placeholder="${plant('placeholder')}" aria-label="${plant(`aria-label of input ${type}`)}" title="${plant('title of an input')}"
      ${kept ? '' : 'data-click'}></label>`;
  });
  const marked = Object.entries(shapes('element id')).map(
    ([kind, secret]) =>
      `<button data-click data-busy id="${quote(slug(secret))}">${plant('text of a button')} ${kind}</button>`,
  );
  const classed = Object.values(shapes('class name')).map(
    (secret) => `<button data-click data-busy class="btn ${quote(slug(secret))} u-${quote(slug(secret))}">b</button>`,
  );
  const links = Object.values(shapes('path of a link')).map(
    (secret) =>
      `<a data-click href="/to/${encodeURIComponent(secret)}?q=${plant('query of a link')}">${plant('text of a link')}</a>`,
  );
  return `
    <h1 id="h1">${plant('heading')}</h1> ${inputs.join('\n')} ${marked.join(' ')} ${classed.join(' ')} ${links.join(' ')}
    <textarea data-click data-type="${plant('typed into a textarea')}">${plant('textarea')}</textarea>
    <input data-click data-type="${plant('typed into a field')}"><div data-click contenteditable data-type="${plant('typed into contenteditable')}">${plant('contenteditable')}</div>
    <select name="s"><option selected value="${plant('value of an option')}">${plant('text of an option')}</option></select>
    <button data-click title="${plant('title')}" value="${plant('value of a button')}" name="${plant('name of a button')}"
      aria-label="${plant('aria-label')}" aria-description="${plant('aria-description')}" data-customer="${plant('data attribute')}"
      data-user-${plant('name of a data attribute').toLowerCase()}>x</button>
    <span data-click role="button" aria-roledescription="${plant('aria-roledescription')}">${plant('text of a role button')}</span>
    <img data-click alt="${plant('alt')}" title="${plant('title of an image')}" width="40" height="20" src="/img?i=${plant('query of a clicked image')}">
    <details data-click><summary data-click>${plant('summary')}</summary></details>
    <fieldset><legend data-click>${plant('legend')}</legend></fieldset>
    <table><caption>${plant('caption')}</caption><tr data-click><td data-click data-label="${plant('data-label of a cell')}">${plant('cell')}</td></tr></table>
    <svg data-click width="60" height="20" aria-label="${plant('aria-label of a drawing')}"><title>${plant('title of a drawing')}</title><text y="15">${plant('text of a drawing')}</text></svg>
    <section data-limen-mask id="${plant('id inside a mask')}" class="${plant('class of a mask')}"><button data-click data-busy data-limen-allow
      id="${plant('id of a masked button')}" class="${plant('class of a masked button')}">${plant('text of a masked button')}</button></section>
    <form action="/form/${pathOf(shapes('path of a form action'))}?q=${plant('query of a form action')}"><button data-click>go</button></form>
    <a data-click href="mailto:${plant('mailto', 'email')}?subject=${plant('subject of a mailto')}" onclick="return false">mail</a>
    <a data-click href="tel:${plant('tel', 'number')}" onclick="return false">call</a>
    <x-secret data-click></x-secret>`;
}

/** What the page loads by itself. */
export function resources({ plant, shapes }, other) {
  const url = (place, path) =>
    `${path}/${pathOf(shapes(`path of ${place}`))}?v=${plant(`query of ${place}`)}#${plant(`fragment of ${place}`)}`;
  return `
    <link rel="stylesheet" href="${url('a style sheet', '/css')}"><script src="${url('a script', '/js')}"></script>
    <link rel="canonical" href="${url('the canonical link', '/canonical')}"><meta name="description" content="${plant('description')}">
    <meta name="traceparent" content="${plant('traceparent that is none')}"><meta name="csrf-token" content="${plant('token of a meta tag')}">
    <img id="largest" src="${url('the largest image', '/big')}" width="800" height="300"><img src="${url('an image that is missing', '/missing')}">
    <img srcset="${url('a srcset', '/img')} 2x"><video poster="${url('a poster', '/img')}" width="20"></video>
    <div style="background: url('${url('a background', '/img')}'); width: 20px; height: 20px"></div>
    <iframe src="${url('a frame', '/frame')}" name="${plant('name of a frame')}" title="${plant('title of a frame')}" width="50" height="20"></iframe>
    <iframe srcdoc="<p>${plant('text of a frame')}</p>" width="50" height="20"></iframe>
    <object data="${url('what the policy blocks', '/object')}" width="20"></object>
    <script src="${other}${url('a script that the policy blocks', '/js')}"></script>
    <script crossorigin src="${url('a script that is missing', '/missing')}"></script>`;
}

/** What the page does with its secrets; `secrets` are named by where they go. Runs in the page. */
export function tell(secrets) {
  const { texts } = secrets;
  document.title = secrets.title;
  globalThis.name = secrets.windowName;
  document.cookie = `session=${secrets.cookie}`;
  localStorage.setItem('user', secrets.local);
  sessionStorage.setItem(secrets.sessionKey, secrets.session);
  history.replaceState({ secret: secrets.state }, '');
  document.querySelector('#busy-script')?.remove();

  Limen.setUser(secrets.user);
  Limen.setContext({ tenant: secrets.context });
  Limen.event('own.event', { note: secrets.attribute, list: [secrets.attribute], [secrets.attributeName]: 1 });
  Limen.timing('own.timing', 5, { note: secrets.attribute });
  Limen.transaction('checkout', 'start', { note: secrets.attribute });
  Limen.transaction('checkout', 'success', { note: secrets.attribute });
  for (const text of Object.values(secrets.names)) {
    Limen.setView(`/users/${text}`);
    Limen.event(`opened by ${text}`);
    Limen.timing(`render for ${text}`, 1);
    Limen.transaction(`order of ${text}`, 'start');
  }
  for (const [kind, text] of Object.entries(secrets.variants)) {
    Limen.flag(`flag-${kind}`, text, { reason: text, provider: text });
    Limen.flag(text, 'on');
  }

  for (const text of texts.message) {
    Limen.error(new Error(text), { note: secrets.attribute });
    console.error(text, { password: secrets.consoleObject }, [secrets.consoleObject]);
    console.warn(new Error(text));
    console.log('%s', text);
  }
  const caused = new Error('outer', {
    cause: new TypeError(texts.cause[0], { cause: { message: texts.cause[1], card: secrets.inner } }),
  });
  Limen.error(Object.assign(caused, { response: secrets.inner, config: { headers: secrets.inner } }));
  Limen.error(new AggregateError([new Error(texts.cause[2])], 'many'));
  for (const stack of texts.stack) Limen.error(Object.assign(new Error('with a stack'), { stack }));
  Limen.error(new Error('from a component'), {}, { componentStack: texts.stack[0], mechanism: 'react', handled: true });
  for (const thrown of [
    new Error(texts.thrown[0]),
    texts.thrown[1],
    { message: texts.thrown[2], inner: secrets.inner },
  ]) {
    setTimeout(() => { throw thrown; }); // prettier-ignore
    setTimeout(() => void Promise.reject(thrown));
  }
  for (const text of texts.measure) performance.measure(text, { start: 0, end: 5, detail: secrets.detail });
}

/** Where the page goes with its secrets: requests, workers, routes. Runs in the page. */
export async function ask(secrets, other) {
  const { route, urls } = secrets;
  const quietly = (promise) => promise.then(() => {}, () => {}); // prettier-ignore
  const pause = () => new Promise((done) => setTimeout(done));
  for (const url of urls) {
    await quietly(
      fetch(url, { method: 'POST', body: secrets.body, headers: { authorization: `Bearer ${secrets.header}` } }).then(
        (answer) => answer.text(),
      ),
    );
    await quietly(fetch(new Request(other + url)));
    await new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open('POST', url, true, secrets.credential, secrets.credential);
      request.setRequestHeader('x-api-key', secrets.header);
      request.onloadend = done;
      request.send(JSON.stringify({ password: secrets.body }));
    });
    navigator.sendBeacon(url, secrets.body);
    new Worker(url).terminate();
    new EventSource(url).close();
    await quietly(import(url));
  }
  await quietly(fetch(`http://127.0.0.1:1${urls[0]}`));
  for (const path of route) {
    history.pushState({ secret: secrets.state }, '', path);
    await pause();
  }
  location.hash = secrets.hash;
  postMessage({ secret: secrets.message });
  await pause();
}
