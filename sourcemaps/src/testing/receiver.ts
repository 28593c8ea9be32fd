// Plays the server: notes what is uploaded and answers as told.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Upload {
  method: string;
  path: string;
  parameters: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  map: { debugId?: string; mappings?: string; sources?: string[] };
}

export interface Receiver {
  url: string;
  uploads: Upload[];
  /** Answers of the next requests; 201 when there is none. */
  answers: { status: number; body: unknown }[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const uploads: Upload[] = [];
  const answers: Receiver['answers'] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '', 'http://receiver');
    uploads.push({
      method: request.method ?? '',
      path: url.pathname,
      parameters: Object.fromEntries(url.searchParams),
      headers: request.headers,
      map: JSON.parse(gunzipSync(Buffer.concat(parts)).toString()) as Upload['map'],
    });
    const { status, body } = answers.shift() ?? { status: 201, body: {} };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, uploads, answers, close };
}

/** As the API refuses. */
export function refused(status: number, message: string, hint: string): { status: number; body: unknown } {
  return { status, body: { error: { code: 'refused', message, hint } } };
}
