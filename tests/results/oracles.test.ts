import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OracleCase, Runner } from '../../src/parity/types.ts';
import { runner as bootstrap } from '../../src/parity/kinds/stats-bootstrap.ts';
import { runner as intervals } from '../../src/parity/kinds/stats-intervals.ts';
import { runner as paired } from '../../src/parity/kinds/stats-paired.ts';
import { runner as ranks } from '../../src/parity/kinds/stats-ranks.ts';

const oracles = join(import.meta.dirname, '../oracles');
const runners: Readonly<Record<string, Runner>> = {
  'stats-bootstrap': bootstrap,
  'stats-intervals': intervals,
  'stats-paired': paired,
  'stats-ranks': ranks,
};

/** Just enough of safetensors for the int32 tensors of these cases: the engine's own reader is tested elsewhere. */
function integerTensors(path: string): OracleCase['tensors'] {
  if (!existsSync(path)) return new Map();
  const bytes = readFileSync(path);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength)) as Record<
    string,
    { shape: number[]; data_offsets: [number, number] }
  >;
  return new Map(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(([name, { shape, data_offsets: [from, to] }]) => {
        const data = bytes.subarray(8 + headerLength + from, 8 + headerLength + to);
        const values = Int32Array.from({ length: data.length / 4 }, (_, i) => data.readInt32LE(4 * i));
        return [name, { dtype: 'int32', shape, values }] as const;
      }),
  );
}

for (const [kind, runner] of Object.entries(runners)) {
  test(`${kind}: equal to the stored results of other libraries`, async (context) => {
    const folders = readdirSync(oracles).filter((name) => name.startsWith(`${kind}-`));
    let examined = 0;
    for (const id of folders) {
      const folder = join(oracles, id);
      const json = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Record<string, unknown>;
      const checks = await runner({
        id,
        kind,
        folder,
        json,
        tensors: integerTensors(join(folder, 'tensors.safetensors')),
        tolerance: () => 0,
        readFile: (name) => readFileSync(join(folder, name)),
      });
      for (const { tensor, error, tolerance } of checks) {
        assert.ok(error <= tolerance, `${id}: ${tensor}: error ${error} > ${tolerance}`);
      }
      examined += checks.length;
    }
    context.diagnostic(`${examined} values compared`);
    assert.ok(examined > 20, 'nothing was compared');
  });
}
