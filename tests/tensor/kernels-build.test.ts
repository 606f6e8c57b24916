import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { buildKernels, kernelFiles, kernelVersion } from '../../src/tensor/kernels/build.node.ts';

test('the kernels, built again, are the committed bytes', async (t) => {
  const committed = await readFile(kernelFiles.wasm);
  const description: unknown = JSON.parse(await readFile(kernelFiles.description, 'utf8'));
  assert.deepEqual(
    description, { version: kernelVersion, sha256: createHash('sha256').update(committed).digest('hex') },
  );
  const built = await buildKernels();
  t.diagnostic(`${built.length} bytes`);
  assert.equal(Buffer.compare(built, committed), 0, 'run `npm run build:kernels`');
});
