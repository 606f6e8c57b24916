import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeAssetSource } from '../src/assets/index.node.ts';
import { findTask, taskIds } from '../src/tasks/index.ts';
import { writeTaskCards } from '../src/tasks/index.node.ts';

const usage = 'usage: task-cards [--out FOLDER] [TASK …]   writes cards and sample pictures of tasks (all by default)';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
  } else {
    const rows = (positionals.length > 0 ? positionals : taskIds).map(findTask);
    const folder = values.out ?? join(import.meta.dirname, '..', 'benchmarks', 'cards', 'tasks');
    const { written, skipped } = await writeTaskCards(rows, nodeAssetSource({ offline: true }), folder);
    console.log(`${written.length} of ${rows.length} cards written: ${written.join(', ')}`);
    for (const { id, reason } of skipped) console.log(`left as it is: ${id}, because its data is not here (${reason})`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
