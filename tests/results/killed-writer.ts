/** Writes records to a shard until it is killed. Arguments: folder, shard. Started by `store.test.ts`. */
import { openShard } from '../../src/results/store.node.ts';
import { fixtureRecord } from './fixtures.ts';

const [folder, shard] = process.argv.slice(2);
if (folder === undefined || shard === undefined) throw new Error('arguments: FOLDER SHARD');
const writer = openShard(folder, 'table', shard);
// a long bit set: a line of many pages is the one a kill could tear
const correct = Array.from({ length: 400_000 }, (_, i) => i % 2);
for (let seed = 0; ; seed++) {
  writer.append(fixtureRecord({ seed: seed + process.pid * 1000, correct }));
  process.stdout.write('.');
}
