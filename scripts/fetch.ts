/** npm run fetch -- <asset>… | --all | --list: brings data sets and weights, verified, into the cache. */
import { parseArgs } from 'node:util';
import { AssetUnavailable, nearest, registry } from '../src/assets/index.ts';
import { nodeAssetSource } from '../src/assets/index.node.ts';
import type { BroughtAsset } from '../src/assets/index.node.ts';

const help = `npm run fetch -- <asset>… [options]
Brings data sets and weights into the cache (.atlas/assets), each file and its decoded content checked by SHA-256.
Looked for in this order: cache, mirror folder (ATLAS_MIRROR, else the one beside the project), upstream address.

  --all              every asset of the registry
  --list             what there is: id, licence, where it comes from
  --accept-license   also take assets whose licence forbids commercial use
  --offline          do not ask the network
  --json             the account as JSON

Exit code 0: all is there. 1: something can't be had. 2: the options are wrong.`;

interface Failure {
  readonly id: string;
  readonly reason: string;
}

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      'accept-license': { type: 'boolean', default: false },
      offline: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { ...values, named: positionals };
}
type Options = ReturnType<typeof readOptions>;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function list(homeMade: readonly string[], json: boolean): Promise<number> {
  const rows = registry.map(({ id, kind, title, licence, note, contentDigest, sources }) => ({
    id,
    kind,
    title,
    licence: licence.name,
    nonCommercial: licence.nonCommercial,
    ...(note ? { note } : {}),
    digest: contentDigest,
    upstream: sources.find(({ route }) => route === 'upstream')?.files.map(({ at }) => at) ?? [],
    restsOnMemory: sources.some(({ restsOnMemory }) => restsOnMemory),
  }));
  if (json) {
    console.log(JSON.stringify({ assets: rows, homeMade }, null, 2));
    return 0;
  }
  for (const row of rows) {
    const route =
      row.upstream.length === 0
        ? 'only as a pack'
        : `upstream${row.restsOnMemory ? ' (address rests on memory)' : ''}`;
    console.log(
      `${row.id.padEnd(18)} ${row.kind.padEnd(8)} ${row.title}\n${''.padEnd(28)}licence: ${row.licence}; ${route}`,
    );
    if (row.note) console.log(`${''.padEnd(28)}note: ${row.note}`);
  }
  for (const id of homeMade) console.log(`${id.padEnd(18)} weights  made here, part of the project`);
  return 0;
}

async function run(options: Options): Promise<number> {
  const { all, named, offline, json } = options;
  const source = nodeAssetSource({
    offline,
    acceptLicence: options['accept-license'],
    onProgress: (message) => console.error(message),
  });
  const homeMade = await source.homeMade();
  if (options.list) return list(homeMade, json);

  const known = [...registry.map(({ id }) => id), ...homeMade];
  const unknown = named.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    const meant = nearest(unknown, known);
    throw new Error(
      `There is no asset "${unknown}"${meant ? `; did you mean "${meant}"?` : `. There are: ${known.join(', ')}`}`,
    );
  }
  const wanted = all ? registry.map(({ id }) => id) : [...new Set(named)];
  if (wanted.length === 0) throw new Error('Name an asset, or use --all. --list shows what there is.');

  const brought: BroughtAsset[] = [];
  const failed: Failure[] = [];
  for (const [i, id] of wanted.entries()) {
    const licence = registry.find((row) => row.id === id)?.licence.name ?? 'this project’s';
    try {
      const asset = await source.bring(id);
      brought.push(asset);
      if (!json) {
        const verified = `${megabytes(asset.bytes)} from ${asset.route}, verified (${asset.digest.slice(0, 12)}…)`;
        console.log(`[${i + 1}/${wanted.length}] ${id}: ${verified}. Licence: ${licence}`);
      }
    } catch (error) {
      if (!(error instanceof AssetUnavailable)) throw error;
      failed.push({ id, reason: error.reason });
      if (!json) console.error(`[${i + 1}/${wanted.length}] ${error.message}`);
    }
  }
  const lacking = failed.length > 0 ? `, ${failed.length} can't be had` : '';
  if (json) console.log(JSON.stringify({ brought, failed }, null, 2));
  else console.log(`${brought.length} of ${wanted.length} assets are there${lacking}.`);
  return failed.length > 0 ? 1 : 0;
}

try {
  const options = readOptions();
  if (options.help) console.log(help);
  else process.exitCode = await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
