import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { portOption } from '../../scripts/port-option.ts';
import { serveFolder, type StaticServer } from '../../scripts/static-server.ts';

let folder = '';
let server: StaticServer;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-site-'));
  await mkdir(join(folder, 'site', 'deep'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'site', 'index.html'), 'home');
  await writeFile(join(folder, 'site', 'deep', 'index.html'), 'deep');
  await writeFile(join(folder, 'site', '404.html'), 'lost');
  for (const name of ['a.css', 'a.js', 'a.json', 'a.wasm', 'a.svg', 'a.woff2', 'ü x.txt']) {
    await writeFile(join(folder, 'site', name), name);
  }
  server = await serveFolder(join(folder, 'site'), 0);
});

after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(new URL(path, server.address), { redirect: 'manual', ...init });

/** A path as it is: `fetch` would tidy it before it leaves. */
const statusOfRaw = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

test('folders answer with their index page, with and without the final slash', async () => {
  assert.equal(await (await get('/')).text(), 'home');
  assert.equal(await (await get('/deep/')).text(), 'deep');
  const redirect = await get('/deep?a=1');
  assert.equal(redirect.status, 301);
  assert.equal(redirect.headers.get('location'), '/deep/?a=1');
});

test('a file that a browser has already is not sent again', async () => {
  const version = (await get('/a.css')).headers.get('etag') ?? '';
  const again = await get('/a.css', { headers: { 'If-None-Match': version } });
  assert.deepEqual([again.status, await again.text()], [304, '']);
  assert.equal((await get('/a.css', { headers: { 'If-None-Match': '"another"' } })).status, 200);
  assert.equal((await get('/missing', { headers: { 'If-None-Match': version } })).status, 404);
});

test('each kind of file has its type', async () => {
  const expected = {
    'a.css': 'text/css; charset=utf-8',
    'a.js': 'text/javascript; charset=utf-8',
    'a.json': 'application/json; charset=utf-8',
    'a.wasm': 'application/wasm',
    'a.svg': 'image/svg+xml',
    'a.woff2': 'font/woff2',
  };
  for (const [name, type] of Object.entries(expected)) assert.equal((await get(`/${name}`)).headers.get('content-type'), type);
});

test('a missing page answers 404 with the page made for it, and a name may hold any letter', async () => {
  const lost = await get('/nowhere/');
  assert.equal(lost.status, 404);
  assert.equal(await lost.text(), 'lost');
  assert.equal(await (await get('/%C3%BC%20x.txt')).text(), 'ü x.txt');
});

test('nothing outside the folder is served, whatever the path', async () => {
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/deep/../../secret.txt', '/%00', '/%zz']) {
    assert.equal(await statusOfRaw(path), 404, path);
  }
});

test('only reading is allowed', async () => {
  assert.equal((await get('/', { method: 'POST' })).status, 405);
  const head = await get('/', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');
});

test('a busy port is passed over for the next free one', async () => {
  const second = await serveFolder(folder, server.port);
  assert.ok(second.port > server.port);
  await second.close();
});

test('--port takes a port and nothing else', () => {
  assert.equal(portOption([], 4321), 4321);
  assert.equal(portOption(['--no-bench', '--port', '80'], 4321), 80);
  assert.equal(portOption(['--port=0'], 4321), 0);
  for (const args of [['--port'], ['--port', 'x'], ['--port=70000'], ['--port', '1.5'], ['--port=']]) {
    assert.throws(() => portOption(args, 1), /--port takes a number/, args.join(' '));
  }
});
