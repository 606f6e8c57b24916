import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/jsonl; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

export interface StaticServer {
  /** `http://127.0.0.1:4321/` */
  readonly address: string;
  readonly port: number;
  /** Stops at once, open connections included. */
  close(): Promise<void>;
}

/**
 * Serves a folder of static files on this machine alone: `index.html` for a folder, `404.html` for what isn't there.
 * A busy port is passed over for the next free one; port 0 takes any.
 * @throws {Error} when 100 ports in a row are busy.
 */
export async function serveFolder(folder: string, port: number): Promise<StaticServer> {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const taken = await listen(server, port);
  return {
    address: `http://127.0.0.1:${taken}/`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, first: number): Promise<number> {
  for (let port = first; port < first + 100 && port < 65536; port += 1) {
    if (await tryPort(server, port)) {
      const bound = server.address();
      if (bound !== null && typeof bound !== 'string') return bound.port;
    }
  }
  throw new Error(`No port from ${first} to ${Math.min(first + 99, 65535)} is free: give another with --port.`);
}

function tryPort(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const found = await findFile(folder, pathname);
  if (found.kind === 'folder') {
    response.writeHead(301, { Location: `${pathname}/${search}` }).end();
    return;
  }
  const file = found.kind === 'file' ? found : await findFile(folder, '/404.html');
  const status = found.kind === 'file' ? 200 : 404;
  if (file.kind !== 'file') {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`There is no ${pathname} here.\n`);
    return;
  }
  // What a browser has already is asked about, not sent again.
  const kept = { ETag: file.version, 'Cache-Control': 'no-cache' };
  if (status === 200 && request.headers['if-none-match'] === file.version) {
    response.writeHead(304, kept).end();
    return;
  }
  response.writeHead(status, {
    'Content-Type': types[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': file.size,
    ...kept,
  });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file.path).on('error', () => response.destroy()).pipe(response);
}

type Found =
  | { readonly kind: 'file'; readonly path: string; readonly size: number; readonly version: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'nothing' };

async function findFile(folder: string, pathname: string): Promise<Found> {
  const decoded = decode(pathname);
  if (decoded === undefined || decoded.includes('\0')) return { kind: 'nothing' };
  const path = normalize(join(folder, decoded));
  if (path !== normalize(folder) && !path.startsWith(normalize(folder + sep))) return { kind: 'nothing' };
  const wanted = decoded.endsWith('/') ? join(path, 'index.html') : path;
  const info = await stat(wanted).catch(() => undefined);
  if (info?.isFile() === true) return { kind: 'file', path: wanted, size: info.size, version: `"${info.size.toString(36)}-${Math.round(info.mtimeMs).toString(36)}"` };
  return info?.isDirectory() === true ? { kind: 'folder' } : { kind: 'nothing' };
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
