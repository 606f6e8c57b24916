import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join as joinPath } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  AssetUnavailable,
  digestContent,
  fetchAssetSource,
  readSafetensors,
  registry,
  writeSafetensors,
} from '../../src/assets/index.ts';
import type { AssetRow, TensorData } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { modelFromTfjs, picturesFromIdx } from '../../src/assets/converters.ts';
import { floats, idx, join, refusal } from './fixtures.ts';

const place = mkdtempSync(joinPath(tmpdir(), 'atlas-assets-'));
after(() => rmSync(place, { recursive: true, force: true }));
let folders = 0;
const folder = (files: Readonly<Record<string, Uint8Array | string>> = {}): string => {
  const path = joinPath(place, String(folders++));
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(joinPath(path, name)), { recursive: true });
    writeFileSync(joinPath(path, name), content);
  }
  return path;
};
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const unpacked = {
  'train-x.gz': idx(8, [2, 1, 2], join([1, 2, 3, 4])),
  'train-y.gz': idx(8, [2], join([0, 1])),
  'test-x.gz': idx(8, [1, 1, 2], join([5, 6])),
  'test-y.gz': idx(8, [1], join([1])),
};
type Name = keyof typeof unpacked;
const names = Object.keys(unpacked) as Name[];
const pack = (level: number): Record<Name, Uint8Array> => {
  const entries = names.map((name) => [name, new Uint8Array(gzipSync(unpacked[name], { level }))]);
  return Object.fromEntries(entries) as Record<Name, Uint8Array>;
};
const packed = pack(9);
const content = new Map<string, TensorData>([
  ['train-images', { dtype: 'uint8', shape: [2, 1, 2], values: Uint8Array.of(1, 2, 3, 4) }],
  ['train-labels', { dtype: 'uint8', shape: [2], values: Uint8Array.of(0, 1) }],
  ['test-images', { dtype: 'uint8', shape: [1, 1, 2], values: Uint8Array.of(5, 6) }],
  ['test-labels', { dtype: 'uint8', shape: [1], values: Uint8Array.of(1) }],
]);
const text = new Map([['classes', 'even\nodd\n']]);
const convert = picturesFromIdx(
  {
    'train-images': 'train-x.gz',
    'train-labels': 'train-y.gz',
    'test-images': 'test-x.gz',
    'test-labels': 'test-y.gz',
  },
  ['even', 'odd'],
);
const row: AssetRow = {
  id: 'parity-digits',
  kind: 'dataset',
  title: 'Two classes',
  licence: { name: 'CC0', nonCommercial: false },
  citation: 'none',
  contentDigest: digestContent(content, text),
  sources: [
    {
      route: 'mirror',
      restsOnMemory: false,
      convert,
      files: names.map((name) => ({ name, at: `digits/${name}`, sha256: sha256(packed[name]) })),
    },
    {
      route: 'upstream',
      restsOnMemory: true,
      convert,
      files: names.map((name) => ({ name, at: `https://example.org/${name}`, unpackedSha256: sha256(unpacked[name]) })),
    },
  ],
};
const inMirror = Object.fromEntries(names.map((name) => [`digits/${name}`, packed[name]]));
const otherPacking = pack(1);
const served = async (url: string): Promise<Uint8Array> => otherPacking[url.slice(url.lastIndexOf('/') + 1) as Name];
const never = async (url: string): Promise<Uint8Array> => {
  throw new Error(`${url} was asked for`);
};
const sourceWith = (options: Parameters<typeof nodeAssetSource>[0]) =>
  nodeAssetSource(
    { cacheDir: folder(), mirror: false, rows: [row], homeMadeDir: folder(), download: never, ...options },
  );

test('an asset comes from the mirror folder, and from the cache once it was brought', async () => {
  const cacheDir = folder();
  const source = sourceWith({ cacheDir, mirror: folder(inMirror) });
  const opened = await source.open(row.id);
  assert.deepEqual({ ...opened }, { id: row.id, digest: row.contentDigest, tensors: content, text });
  assert.deepEqual(readdirSync(cacheDir), []);
  assert.equal((await source.bring(row.id)).route, 'mirror');
  const alone = sourceWith({ cacheDir });
  assert.equal((await alone.bring(row.id)).route, 'cache');
  assert.deepEqual((await alone.open(row.id)).tensors, content);
});

test('files packed in another way have the same content, and downloads are kept', async () => {
  const cacheDir = folder();
  const opened = await sourceWith({ cacheDir, download: served }).open(row.id);
  assert.equal(opened.digest, row.contentDigest);
  assert.equal((await sourceWith({ cacheDir }).bring(row.id)).route, 'cache');
  const kept = readdirSync(joinPath(cacheDir, row.id, 'upstream')).sort();
  assert.deepEqual(kept, [...names].sort());
});

test('a file with a wrong digest is not used, and the message names both digests', async () => {
  const wrong = new Uint8Array(gzipSync(idx(8, [2], join([1, 1]))));
  const mirror = folder({ ...inMirror, 'digits/train-y.gz': wrong });
  const message = await refusal(() => sourceWith({ mirror, offline: true }).open(row.id));
  assert.match(
    message,
    new RegExp(`AssetUnavailable.*train-y\\.gz.*${sha256(wrong)}.*${sha256(packed['train-y.gz'])} expected`),
  );
  const upstream = await refusal(() => sourceWith({ download: async () => wrong }).open(row.id));
  assert.match(upstream, /address rests on memory.*unfolds to SHA-256 [0-9a-f]{64}; [0-9a-f]{64} expected/);
});

test('a damaged cache is passed over', async () => {
  const cacheDir = folder();
  await sourceWith({ cacheDir, mirror: folder(inMirror) }).bring(row.id);
  writeFileSync(joinPath(cacheDir, row.id, 'mirror', 'test-x.gz'), 'broken');
  assert.equal((await sourceWith({ cacheDir, mirror: folder(inMirror) }).bring(row.id)).route, 'mirror');
});

test('content that is not the asset is refused even where the files are as stated', async () => {
  const rows = [{ ...row, contentDigest: '0'.repeat(64) }];
  assert.match(
    await refusal(() => sourceWith({ rows, mirror: folder(inMirror) }).open(row.id)),
    /content has digest [0-9a-f]{64}; 0{64} expected/,
  );
});

test('what cannot be had says what was tried', async () => {
  const offline = await refusal(() => sourceWith({ offline: true }).open(row.id));
  const tried = 'cache: not there; mirror: no folder given (set ATLAS_MIRROR); upstream: not asked, working offline';
  assert.equal(offline, `AssetUnavailable asset ${row.id} is not available: ${tried}`);
  const rows = [{ ...row, sources: row.sources.slice(0, 1) }];
  assert.match(
    await refusal(() => sourceWith({ rows, mirror: folder() }).open(row.id)),
    /mirror .*: not there; upstream: none, it comes only as a pack$/,
  );
  assert.match(await refusal(() => sourceWith({}).open('parity-digit')), /did you mean parity-digits\?/);
});

test('a licence that forbids commercial use must be accepted', async () => {
  const rows = [{ ...row, licence: { name: 'CC BY-NC 4.0', nonCommercial: true } }];
  const mirror = folder(inMirror);
  assert.match(await refusal(() => sourceWith({ rows, mirror }).open(row.id)), /CC BY-NC 4\.0.*--accept-license/);
  assert.equal((await sourceWith({ rows, mirror, acceptLicence: true }).open(row.id)).digest, row.contentDigest);
});

test('labels must fit the pictures and the classes', async () => {
  const files = (change: Partial<Record<Name, Uint8Array>>) =>
    new Map(names.map((name) => [name, new Uint8Array(gzipSync(change[name] ?? unpacked[name]))]));
  assert.match(
    await refusal(() => convert(files({ 'test-y.gz': idx(8, [1], join([2])) }))),
    /label 0 is 2; there are 2 classes/,
  );
  assert.match(
    await refusal(() => convert(files({ 'test-y.gz': idx(8, [2], join([0, 1])) }))),
    /2 labels for 1 pictures/,
  );
});

test('class names must be distinct', async () => {
  const model = join(
    JSON.stringify({ weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [1], dtype: 'float32' }] }] }),
  );
  const files = (classes: string) =>
    new Map([['model.json', model], ['a.bin', floats(2)], ['classes.txt', join(classes)]]);
  const read = modelFromTfjs('model.json', ['a.bin'], 'classes.txt');
  assert.deepEqual([...(await read(files('cat\r\ndog\r\n'))).text], [['classes', 'cat\ndog\n']]);
  assert.match(await refusal(() => read(files('cat\ncat\n'))), /distinct/);
});

const weights = new Map<string, TensorData>(
  [['w', { dtype: 'float32', shape: [2], values: Float32Array.of(0.5, -2) }]],
);
const weightsFile = writeSafetensors(weights, { floats: 'float16' });
const card = (digest: string, id = 'tiny') => JSON.stringify({ id, digest, classes: ['a', 'b'], recipe: { steps: 3 } });
const homeFiles = (text: string) => ({ 'tiny/model.json': text, 'tiny/weights.safetensors': weightsFile });

test('home-made weights come from the project, checked against their card', async () => {
  const homeMadeDir = folder(homeFiles(card(digestContent(weights))));
  const source = sourceWith({ homeMadeDir });
  assert.deepEqual(await source.homeMade(), ['tiny']);
  const opened = await source.open('tiny');
  assert.deepEqual(opened.tensors, weights);
  assert.equal(opened.text.get('classes'), 'a\nb\n');
  assert.equal((await source.bring('tiny')).route, 'home-made');
  const other = sourceWith({ homeMadeDir: folder(homeFiles(card('f'.repeat(64)))) });
  assert.match(await refusal(() => other.open('tiny')), /content has digest [0-9a-f]{64}; its card states f{64}/);
  const stranger = sourceWith({ homeMadeDir: folder(homeFiles(card(digestContent(weights), 'huge'))) });
  assert.match(await refusal(() => stranger.open('tiny')), /this is the card of "huge"/);
});

test('a page gets home-made weights over HTTP, checked in the same way', async () => {
  const answers = (text: string) => async (url: string) => {
    if (url === 'base/tiny/model.json') return new Response(text);
    return url === 'base/tiny/weights.safetensors'
      ? new Response(Uint8Array.from(weightsFile))
      : new Response('', { status: 404 });
  };
  const source = fetchAssetSource({ baseUrl: 'base', fetch: answers(card(digestContent(weights))) });
  assert.deepEqual((await source.open('tiny')).tensors, weights);
  assert.match(await refusal(() => source.open('mnist')), /AssetUnavailable.*HTTP 404/);
  assert.match(await refusal(() => source.open('../secret')), /no asset has such a name/);
  const wrong = fetchAssetSource({ baseUrl: 'base', fetch: answers(card('0'.repeat(64))) });
  assert.match(await refusal(() => wrong.open('tiny')), /FormatError/);
});

test('the digest depends on names, types, shapes, values and texts, not on the order or the packing', () => {
  const a: TensorData = { dtype: 'int32', shape: [2], values: Int32Array.of(1, 2) };
  const b: TensorData = { dtype: 'float32', shape: [1], values: Float32Array.of(3) };
  const base = digestContent(new Map([['a', a], ['b', b]]));
  assert.equal(digestContent(new Map([['b', b], ['a', a]])), base);
  assert.equal(digestContent(readSafetensors(writeSafetensors(new Map([['a', a], ['b', b]])), 'x')), base);
  const others = [
    digestContent(new Map([['a', a], ['c', b]])),
    digestContent(new Map([['a', { ...a, shape: [2, 1] }], ['b', b]])),
    digestContent(new Map([['a', { ...a, values: Int32Array.of(1, 3) }], ['b', b]])),
    digestContent(new Map([['a', a], ['b', b]]), new Map([['classes', 'x\n']])),
    digestContent(new Map([['a', a], ['b', b]]), new Map([['classes', 'y\n']])),
  ];
  assert.equal(new Set([base, ...others]).size, others.length + 1);
});

test('every row of the registry can be checked and is named once', () => {
  const hex = /^[0-9a-f]{64}$/;
  let files = 0;
  for (const { id, contentDigest, sources, licence, citation } of registry) {
    assert.match(contentDigest, hex, id);
    assert.ok(licence.name && citation && sources.length > 0, id);
    for (const source of sources) {
      for (const file of source.files) {
        assert.match(file.sha256 ?? file.unpackedSha256 ?? '', hex, `${id} ${file.name}`);
        assert.match(file.at, source.route === 'upstream' ? /^https:\/\// : /^[a-z0-9][\w./-]*$/, `${id} ${file.name}`);
        files++;
      }
    }
  }
  assert.equal(new Set(registry.map(({ id }) => id)).size, registry.length);
  assert.ok(files > 0);
});

test('an unavailable asset is told apart by its type', async () => {
  const error = await sourceWith({}).open('nothing').catch((thrown: unknown) => thrown);
  assert.ok(error instanceof AssetUnavailable);
  assert.equal(error.id, 'nothing');
});
