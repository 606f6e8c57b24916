import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Fills a folder with a page whose worker can run cells: the bundled engine, the binary parts of its wasm back-end and
 * a folder of home-made models. Gives the names of every module in the bundle.
 */
export async function bundlePage(folder: string, models: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, 'page-worker.ts')],
    outfile: join(folder, 'worker.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    metafile: true,
    logLevel: 'silent',
    absWorkingDir: root,
  });
  const tfjs = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  await mkdir(join(folder, 'tfjs'));
  for (const name of await readdir(tfjs)) if (name.endsWith('.wasm')) await cp(join(tfjs, name), join(folder, 'tfjs', name));
  await cp(join(root, 'src', 'tensor', 'kernels', 'kernels.wasm'), join(folder, 'kernels.wasm'));
  await cp(models, join(folder, 'models'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><html lang="en"><title>Cells in a worker</title>');
  return Object.keys(metafile.inputs);
}
