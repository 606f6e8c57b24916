import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm', '.png': 'image/png',
};
/** Already packed: pictures, and the search index with everything of its own. */
const isPacked = (path: string): boolean => /\.(png|webp|jpe?g|zip|woff2|pagefind|pf_\w+)$/.test(path);

export interface PackedServer {
  readonly address: string;
  /** Bytes of all answers so far, heads not counted. */
  sent(): number;
  close(): Promise<void>;
}

/** Serves a folder as hosts of static pages do: texts with gzip, and answers kept in memory so that the disk costs nothing. */
export async function servePacked(folder: string): Promise<PackedServer> {
  const answers = new Map<string, { readonly body: Buffer; readonly head: Record<string, string> }>();
  let sent = 0;

  function answerFor(path: string): { readonly body: Buffer; readonly head: Record<string, string> } | undefined {
    const known = answers.get(path);
    if (known) return known;
    const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    if (!file.startsWith(normalize(folder) + sep) || !existsSync(file) || !statSync(file).isFile()) return undefined;
    const bytes = readFileSync(file);
    const plain = isPacked(file);
    const answer = {
      body: plain ? bytes : gzipSync(bytes),
      head: { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'max-age=600', ...(plain ? {} : { 'Content-Encoding': 'gzip' }) },
    };
    answers.set(path, answer);
    return answer;
  }

  const server = createServer((request, response) => {
    const answer = answerFor(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    if (answer === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not here\n');
      return;
    }
    sent += answer.body.length;
    response.writeHead(200, { ...answer.head, 'Content-Length': answer.body.length }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    sent: () => sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
