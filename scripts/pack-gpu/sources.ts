import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/** What is started, or imported under a name that stands in no import. */
const entries: readonly string[] = [
  'scripts/bench.ts',
  'scripts/bench-engine.ts',
  'scripts/graphics-device.ts',
  'scripts/parity.ts',
  'src/bench/runner.node.ts',
  'src/bench/worker.node.ts',
  'src/tensor/backend-files.node.ts',
  'src/tensor/backends/webgpu-dawn.node.ts',
  'node_modules/@tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.node.js',
  'node_modules/webgpu/index.js',
];

/** Files that are read, not imported. */
const readFiles: readonly string[] = [
  'LICENSE',
  'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  'node_modules/webgpu/dist/linux-x64/dawn.node',
  'src/tensor/kernels/kernels.wasm',
  'tests/parity-required.json',
];

/**
 * The files that the engine, its benchmark and its parity need to run under Node as they are, as paths below `root`: the
 * sources, and of the packages only the files that are loaded, with each package's own description and licence.
 */
export async function neededSources(root: string): Promise<readonly string[]> {
  const kinds = readdirSync(join(root, 'src/parity/kinds')).map((file) => `src/parity/kinds/${file}`);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entries, ...kinds],
    external: ['@tensorflow/tfjs-node'],
    bundle: true,
    write: false,
    outdir: 'nowhere',
    platform: 'node',
    format: 'esm',
    metafile: true,
    logLevel: 'silent',
  });
  const imported = Object.keys(metafile.inputs);
  const besides = new Set(imported.flatMap(packageFolder).flatMap((folder) => descriptions(root, folder)));
  return [...new Set([...imported, ...readFiles, ...besides])].sort();
}

/** Of a file in a package, and of the package that this one may lie in. */
function packageFolder(file: string): readonly string[] {
  const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
  return folder === undefined ? [] : [folder, ...packageFolder(dirname(folder))];
}

function descriptions(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder, 'package.json'))) return [];
  const kept = readdirSync(join(root, folder)).filter((name) => name === 'package.json' || /^(licen[cs]e|notice)/i.test(name));
  return [...kept.map((name) => `${folder}/${name}`), ...nestedDescriptions(root, folder)];
}

/** Packages say in further `package.json`s below them which of their files are modules. */
function nestedDescriptions(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/package.json') && !path.includes('node_modules/'))
    .map((path) => `${folder}/${path}`);
}
