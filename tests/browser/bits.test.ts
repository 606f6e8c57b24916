import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { serveFolder, type StaticServer } from '../../scripts/static-server.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { bundlePage } from './bits/bundle-page.ts';
import { runHere, type Bits } from './bits/run-here.ts';
import { smallCells } from './bits/small-cells.ts';
import { launchBrowser } from './browser.ts';

const models = join(import.meta.dirname, '..', '..', 'benchmarks', 'models');
let folder = '';
let modules: readonly string[] = [];
let server: StaticServer;
let browser: Browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-bits-'));
  modules = await bundlePage(folder, models);
  server = await serveFolder(folder, 0);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly bits?: readonly Bits[];
  readonly error?: string;
}

async function runInPage(): Promise<readonly Bits[]> {
  const page = await browser.newPage();
  await page.goto(server.address);
  const answer = await page.evaluate(
    (cells) =>
      new Promise<Answer>((resolve) => {
        const worker = new Worker('worker.js', { type: 'module' });
        worker.addEventListener('message', (event) => resolve(event.data));
        worker.addEventListener('error', (event) => resolve({ error: event.message }));
        worker.postMessage(cells);
      }),
    smallCells,
  );
  await page.close();
  if (answer.bits === undefined) throw new Error(answer.error ?? 'the worker gave no answer');
  return answer.bits;
}

test('the engine that a page loads holds no file made for Node alone', () => {
  assert.ok(modules.includes('src/bench/run-cell.ts'));
  assert.deepEqual(modules.filter((name) => name.endsWith('.node.ts')), []);
});

test('a cell has the same bits in Node and in a worker of the browser', async (context) => {
  const there = await runInPage();
  const here = await runHere(smallCells, nodeAssetSource({ offline: true, homeMadeDir: models }));
  assert.equal(there.length, smallCells.length);
  for (const [index, cell] of smallCells.entries()) {
    await context.test(`${cell.methodId}${cell.control === undefined ? '' : `, ${cell.control}`}`, () => {
      assert.deepEqual(there[index], here[index]);
    });
  }
});
