// A panel as a PNG: its drawing as it is on the screen, with title and range above and whose data it is below, at twice the size.
import { cleanText, pictureSize } from './picture-words';

export interface PictureWords {
  title: string;
  range: string;
  footnote: string;
}

const SCALE = 2;
const PADDING = 20;
const HEAD = 64;
const FOOT = 40;
const NODES_MAX = 8000;
const SVG = 'http://www.w3.org/2000/svg';
/** What of a panel is no part of its picture. */
const LEFT_OUT = '.panel-head, .button, .unseen, .tabs, select, [data-picture="leave"]';
/** Attributes that shapes are made of; all others, and with them everything that could load or run, are left behind. */
const KEPT = new Set(
  'viewBox d x y x1 y1 x2 y2 cx cy r rx ry width height points transform id offset patternUnits patternTransform preserveAspectRatio colspan rowspan'.split(
    ' ',
  ),
);
/** What makes the look of an element; the browser resolves sizes to pixels. */
const STYLES =
  `align-content align-items align-self aspect-ratio background-color background-image background-position background-repeat
  background-size border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style border-bottom-width border-collapse
  border-left-color border-left-style border-left-width border-right-color border-right-style border-right-width border-spacing border-top-color
  border-top-left-radius border-top-right-radius border-top-style border-top-width bottom box-shadow box-sizing clip-path color column-gap direction
  display fill fill-opacity flex-basis flex-direction flex-grow flex-shrink flex-wrap float font-family font-feature-settings font-size font-style
  font-variant-numeric font-weight grid-auto-flow grid-column-end grid-column-start grid-row-end grid-row-start grid-template-columns
  grid-template-rows height justify-content justify-items justify-self left letter-spacing line-height list-style-type margin-bottom margin-left
  margin-right margin-top max-height max-width min-height min-width opacity order overflow-wrap overflow-x overflow-y padding-bottom padding-left
  padding-right padding-top position right rotate row-gap scale stroke stroke-dasharray stroke-linecap stroke-opacity stroke-width table-layout
  text-align text-anchor text-overflow text-transform top transform transform-origin translate unicode-bidi vertical-align visibility white-space
  width word-break z-index`.split(/\s+/);

export async function pictureOf(panel: HTMLElement, words: PictureWords): Promise<Blob> {
  const body = copyOf(panel, { nodes: 0 });
  if (!(body instanceof HTMLElement)) throw new Error('There is nothing to draw.');
  // The head is drawn anew, without its buttons, so the rest moves up by it.
  const head = panel.querySelector<HTMLElement>(':scope > .panel-head');
  // A panel that is stretched beside a longer one ends with what is in it.
  const bottoms = [...panel.children].map((child) => child.getBoundingClientRect().bottom);
  const top = (head ?? panel).getBoundingClientRect()[head ? 'bottom' : 'top'];
  const { width, height } = pictureSize(panel.offsetWidth, Math.max(...bottoms) - top);
  Object.assign(body.style, {
    margin: '0',
    width: `${width}px`,
    height: `${height}px`,
    border: '0',
    boxShadow: 'none',
  });
  const image = await imageOf(body, width, height);

  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [(width + 2 * PADDING) * SCALE, (height + HEAD + FOOT) * SCALE];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to draw on.');
  context.scale(SCALE, SCALE);
  const style = getComputedStyle(panel);
  const write = (text: string, y: number, font: string, colour: string) => {
    context.font = `${font} ${style.fontFamily}`;
    context.fillStyle = style.getPropertyValue(colour);
    context.fillText(cleanText(text), PADDING, y, width);
  };
  context.fillStyle = style.getPropertyValue('--surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  write(words.title, 30, '600 16px', '--text');
  write(words.range, 50, '400 12px', '--text-soft');
  context.drawImage(image, PADDING, HEAD, width, height);
  write(words.footnote, height + HEAD + 24, '400 11px', '--text-faint');
  return new Promise((done, failed) =>
    canvas.toBlob(
      (blob) => (blob ? done(blob) : failed(new Error('The picture is too large for this browser.'))),
      'image/png',
    ),
  );
}

/** A copy that looks the same without our style sheets: every element carries its own look. */
function copyOf(node: Node, drawn: { nodes: number }): Node | null {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(cleanText(node.nodeValue ?? ''));
  if (!(node instanceof HTMLElement || node instanceof SVGElement) || node.matches(LEFT_OUT)) return null;
  drawn.nodes += 1;
  if (drawn.nodes > NODES_MAX) throw new Error('This panel has too much in it for a picture; copy it as CSV instead.');
  const copy = emptyCopy(node);
  const look = getComputedStyle(node);
  for (const name of STYLES) copy.style.setProperty(name, look.getPropertyValue(name));
  for (const child of node.childNodes) {
    const drawnChild = copyOf(child, drawn);
    if (drawnChild) copy.append(drawnChild);
  }
  return copy;
}

function emptyCopy(node: HTMLElement | SVGElement): HTMLElement | SVGElement {
  if (node instanceof HTMLCanvasElement) {
    const image = document.createElement('img');
    if (node.width > 0 && node.height > 0) image.src = node.toDataURL();
    return image;
  }
  // A button inside is only its look; as such it would bring the browser's own.
  const copy =
    node instanceof HTMLButtonElement
      ? document.createElement('div')
      : (node.cloneNode(false) as HTMLElement | SVGElement);
  for (const { name } of [...copy.attributes]) if (!KEPT.has(name)) copy.removeAttribute(name);
  return copy;
}

async function imageOf(body: HTMLElement, width: number, height: number): Promise<HTMLImageElement> {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('width', String(width * SCALE));
  svg.setAttribute('height', String(height * SCALE));
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const style = document.createElementNS(SVG, 'style');
  style.textContent = await ownFont();
  const foreign = document.createElementNS(SVG, 'foreignObject');
  foreign.setAttribute('width', String(width));
  foreign.setAttribute('height', String(height));
  foreign.append(body);
  svg.append(style, foreign);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  return image;
}

/** A picture loads nothing, so the font of Latin letters goes along; without it the system's is drawn. */
async function ownFont(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const latin = rules.find(
    (rule) =>
      rule instanceof CSSFontFaceRule &&
      rule.style.getPropertyValue('font-family').includes('Inter') &&
      /U\+0+-0*FF/i.test(rule.style.getPropertyValue('unicode-range') || ''),
  );
  const address =
    latin instanceof CSSFontFaceRule ? /url\("?([^")]+)"?\)/.exec(latin.style.getPropertyValue('src'))?.[1] : undefined;
  if (!address) return '';
  try {
    const sheet = latin?.parentStyleSheet?.href ?? location.href;
    const bytes = new Uint8Array(await (await fetch(new URL(address, sheet))).arrayBuffer());
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    return `@font-face{font-family:"Inter Variable";font-weight:100 900;src:url(data:font/woff2;base64,${text})}`;
  } catch {
    return '';
  }
}
