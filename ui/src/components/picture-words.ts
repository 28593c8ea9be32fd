// What is written around the picture of a panel, how large it may be, and the text that a drawing can hold.

const SIDE_MAX_PIXELS = 4000;

/** The size in pixels of the screen. */
export function pictureSize(width: number, height: number): { width: number; height: number } {
  if (width > SIDE_MAX_PIXELS || height > SIDE_MAX_PIXELS)
    throw new Error('This panel is too long for a picture; copy it as CSV instead.');
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}

/** Text without the characters that XML has no place for: one of them from telemetry would spoil the whole drawing. */
export function cleanText(text: string): string {
  return text
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}

/** Whose data it is, of how many, and where it was seen: what a picture must say once it has left the page. */
export function footnoteOf(about: {
  app: string;
  sample: string | undefined;
  filters: readonly string[];
  at: string;
}): string {
  return ['Limen', about.app, about.sample ?? '', about.filters.join(', '), about.at]
    .filter((part) => part !== '')
    .join(' · ');
}

/** A name for the file that every system takes. */
export function fileNameOf(title: string): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `limen-${words || 'panel'}.png`;
}
