import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkTokenizer } from '../../src/parity/tokenizer-case.ts';
import { families } from './stored-tokenizer.ts';

/** The failed comparisons of a stored case whose strings were changed. */
function failures(family: string, change: (strings: string) => string): readonly string[] {
  const id = `tokenise-${family}-a`;
  const read = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, '../oracles', id, name));
  const checks = checkTokenizer({
    id,
    kind: `tokenise-${family}`,
    folder: id,
    json: {},
    tensors: new Map(),
    tolerance: () => 0,
    readFile: (name) => (name === 'strings.json' ? new TextEncoder().encode(change(new TextDecoder().decode(read(name)))) : read(name)),
  });
  assert.ok(checks.length > 400);
  return checks.filter(({ error, tolerance }) => error > tolerance).map(({ tensor }) => tensor);
}

test('the stored texts have the ids and the decoded texts of the original library, and one wrong id is noticed', () => {
  for (const family of families) {
    assert.deepEqual(failures(family, (strings) => strings), []);
    const wrong = failures(family, (strings) => strings.replace(/("text": "a", "ids": \[)(\d+)/, '$10'));
    assert.ok(wrong.includes('ids of "a"'), family);
  }
});
