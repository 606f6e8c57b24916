import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { builtPages, dist, ensureBuilt } from './built-site.ts';

interface Index {
  options(options: { basePath: string; baseUrl: string; noWorker: boolean }): Promise<void>;
  init(): Promise<void>;
  search(query: string): Promise<{ results: { data(): Promise<{ url: string }> }[] }>;
}

/** What people type, and the page that must be among the first three. */
const golden: readonly (readonly [string, string])[] = [
  ['ILM-VP', '/methods/ilm-vp/'],
  ['ILM', '/methods/ilm-vp/'],
  ['iterative label mapping', '/methods/ilm-vp/'],
  ['FLM', '/methods/flm-vp/'],
  ['frequency label mapping', '/methods/flm-vp/'],
  ['RLM', '/methods/rlm-vp/'],
  ['random label mapping', '/methods/rlm-vp/'],
  ['BLM', '/methods/blm/'],
  ['BLM+', '/methods/blm-plus/'],
  ['BLM++', '/methods/blm-plus/'],
  ['Bayesian label mapping', '/methods/blm/'],
  ['AutoVP', '/methods/fullymap-vp/'],
  ['FullyMap', '/methods/fullymap-vp/'],
  ['VPT', '/methods/vpt-shallow/'],
  ['visual prompt tuning', '/methods/vpt-shallow/'],
  ['prompt tuning', '/methods/vpt-shallow/'],
  ['soft prompt', '/methods/vpt-shallow/'],
  ['Jia', '/methods/vpt-shallow/'],
  ['Bahng', '/methods/additive-program/'],
  ['visual prompting', '/methods/additive-program/'],
  ['Tsao', '/methods/fullymap-vp/'],
  ['verbalizer', '/methods/picture-template/'],
  ['template', '/methods/picture-template/'],
  ['linear probing', '/methods/linear-probe/'],
  ['Kornblith', '/methods/linear-probe/'],
  ['fine-tuning', '/methods/full-fine-tuning/'],
  ['full FT', '/methods/full-fine-tuning/'],
  ['DoodleNet', '/models/doodlenet/'],
  ['ResNet-20', '/models/resnet20-cifar10/'],
  ['vision transformer', '/models/world-vit/'],
  ['MNIST', '/tasks/mnist/'],
  ['Fashion-MNIST', '/tasks/fashion-mnist/'],
  ['EMNIST', '/tasks/emnist-letters/'],
  ['orientation', '/tasks/world-orientation/'],
  ['rule-based', '/concepts/alignment/'],
  ['output alignment', '/concepts/alignment/'],
  ['concatenative', '/concepts/operator/'],
  ['framework', '/concepts/framework/'],
  ['reprogrammability-centric', '/concepts/framework/'],
  ['configuration', '/concepts/configuration/'],
  ['location', '/concepts/location/'],
  ['licence', '/about/'],
];

let index: Index;
before(async () => {
  await ensureBuilt();
  // The index is made for pages: it reads its files by fetch and asks the page for its language.
  Object.assign(globalThis, {
    fetch: async (address: string) => new Response(readFileSync(join(dist, new URL(String(address), 'https://atlas.invalid/').pathname))),
    location: new URL('https://atlas.invalid/'),
    document: { querySelector: () => ({ getAttribute: () => 'en' }), currentScript: null },
    window: globalThis,
  });
  index = await import(pathToFileURL(join(dist, 'pagefind', 'pagefind.js')).href);
  await index.options({ basePath: '/pagefind/', baseUrl: '/', noWorker: true });
  await index.init();
});

async function firstThree(query: string): Promise<readonly string[]> {
  const { results } = await index.search(query);
  return Promise.all(results.slice(0, 3).map(async (result) => (await result.data()).url));
}

test('at least 95 of 100 golden queries have their page among the first three', async () => {
  const missed: string[] = [];
  for (const [query, wanted] of golden) {
    const found = await firstThree(query);
    if (!found.includes(wanted)) missed.push(`${query}: ${wanted} is not among ${found.join(', ')}`);
  }
  assert.ok(golden.length >= 40, `${golden.length} queries`);
  assert.ok(missed.length <= 0.05 * golden.length, missed.join('\n'));
});

test('the details of records stay out of the search', async () => {
  const cell = builtPages('/results/').find(({ address }) => /^\/results\/[^/]+\/[^/]+\/$/.test(address));
  assert.ok(cell, 'there is no page of a cell');
  assert.equal(cell.html.querySelector('[data-pagefind-body]'), null);
  const { results } = await index.search(cell.html.querySelector('section.record')?.id ?? 'no record');
  const urls = await Promise.all(results.map(async (result) => (await result.data()).url));
  assert.ok(urls.every((url) => !/^\/results\/[^/]+\/[^/]+\//.test(url)), urls.join(', '));
});
