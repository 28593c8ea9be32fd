// Gzip by the browser itself. It is asynchronous, so it serves while the page is there and not at its exit.

export type Compress = (text: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** Bodies smaller than this gain nothing worth the work. */
const MIN_LENGTH = 1_024;

export const compress: Compress = async (text) => {
  if (typeof CompressionStream === 'undefined' || text.length < MIN_LENGTH) return undefined;
  try {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return undefined;
  }
};
