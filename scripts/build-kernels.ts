import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildKernels, kernelFiles, kernelVersion } from '../src/tensor/index.node.ts';

const usage = `Builds the SIMD kernels of the wasm back-end from src/tensor/kernels/assembly.

npm run build:kernels              writes kernels.wasm and kernels.json
npm run build:kernels -- --check   builds and compares with the committed bytes; exit 1 on a difference`;

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const bytes = await buildKernels();
const sha256 = createHash('sha256').update(bytes).digest('hex');
if (values.check) {
  const same = Buffer.compare(bytes, readFileSync(kernelFiles.wasm)) === 0;
  const different = 'kernels.wasm differs from what its sources give: run `npm run build:kernels`.';
  console.log(same ? `kernels.wasm: same bytes (${sha256})` : different);
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(kernelFiles.wasm, bytes);
  writeFileSync(kernelFiles.description, `${JSON.stringify({ version: kernelVersion, sha256 }, undefined, 2)}\n`);
  console.log(`kernels.wasm: ${bytes.length} bytes, ${sha256}`);
}
