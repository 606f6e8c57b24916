import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  canonicalJson,
  cellKeyOf,
  countBits,
  currentRecords,
  decodeBits,
  encodeBits,
  mergeRecords,
  parseRecordLine,
  recordJsonSchema,
  recordLine,
  runKey,
  sealRecord,
} from '../../src/results/index.ts';
import type { RunRecord } from '../../src/results/index.ts';
import { fixtureRecord, fixtureRecords } from './fixtures.ts';

const topLevel = 'schema run id spec seed drawn env params result cost status flags history'.split(' ').sort();

/** The message that refuses the line of a fixture in which `path` holds `value` instead (undefined: is absent). */
function refusal(path: string, value: unknown): string {
  const line: unknown = JSON.parse(recordLine(fixtureRecord()));
  const keys = path.split('.');
  const last = keys.pop();
  const parent = keys.reduce((at: unknown, key) => (isObject(at) ? at[key] : undefined), line);
  assert.ok(isObject(parent) && last !== undefined);
  parent[last] = value;
  try {
    parseRecordLine(JSON.stringify(line), 'table.jsonl', 7);
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  return 'accepted';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

test('canonical JSON does not depend on the order of keys and reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const text = canonicalJson(value);
      assert.equal(canonicalJson(reversedKeys(value)), text);
      assert.equal(canonicalJson(JSON.parse(text)), text);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('canonical JSON refuses what has no exact JSON form, naming where', () => {
  assert.throws(() => canonicalJson({ a: [1, NaN] }), /^TypeError: \$\.a\[1\]: NaN has no JSON form/);
  assert.throws(() => canonicalJson({ a: new Float32Array(2) }), /\$\.a: .* has no JSON form/);
  assert.equal(canonicalJson({ b: -0, a: undefined, c: 1e21 }), '{"b":0,"c":1e+21}');
});

test('a bit set survives its text form, and a wrong count is refused', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 70 }), (bits) => {
      const text = encodeBits(bits);
      const read = decodeBits(text, bits.length);
      assert.deepEqual([...read], bits);
      assert.equal(countBits(read), bits.filter((bit) => bit === 1).length);
      assert.throws(() => decodeBits(text, bits.length + 8), /bytes where/);
    }),
  );
  assert.throws(() => decodeBits('/w==', 7), /bit 7 is set but there are only 7 items/);
  assert.throws(() => decodeBits('***', 8), /not base64/);
});

test('every fixture is a record: its line is read back unchanged, with exactly the promised keys', () => {
  const records = fixtureRecords();
  assert.ok(records.length > 100);
  for (const record of records) {
    const line = recordLine(record);
    assert.ok(!line.includes('\n'));
    assert.deepEqual(Object.keys(JSON.parse(line) as object).sort(), topLevel);
    assert.deepEqual(parseRecordLine(line, 'fixtures', 1), record);
  }
});

test('a run is named by spec, seed, back-end and kernels; a cell by all but the seed', () => {
  const [a, b] = [fixtureRecord({ seed: 1 }), fixtureRecord({ seed: 2 })];
  const elsewhere = fixtureRecord({ seed: 1, backend: 'cpu' });
  const later = fixtureRecord({ seed: 1, created: '2026-02-01T00:00:00.000Z' });
  assert.equal(cellKeyOf(a), cellKeyOf(b));
  assert.notEqual(a.run, b.run);
  assert.notEqual(cellKeyOf(a), cellKeyOf(elsewhere));
  assert.equal(later.run, a.run);
  assert.notEqual(later.id, a.id);
  assert.equal(a.run, runKey(a.spec, 1, 'wasm', 'own-simd/1'));
});

test('a line that was edited, or whose numbers contradict each other, is refused with one sentence', () => {
  assert.match(refusal('seed', 2), /^table\.jsonl:7: run is .* records are never edited$/);
  assert.match(refusal('cost.trainSeconds', 1), /^table\.jsonl:7: id is .* records are never edited$/);
  assert.match(refusal('spec.split', undefined), /^table\.jsonl:7: spec\.split: /);
  assert.match(refusal('extra', 1), /^table\.jsonl:7: the record: .*extra/);
  assert.match(refusal('result.metrics.0.value', 'high'), /result\.metrics\.0\.value/);
  assert.match(refusal('spec.selection', 'best-test'), /spec\.selection/);
});

test('the count of queries is optional: older records lack it, a new one has a whole number beside the same question', () => {
  const record = fixtureRecord();
  assert.ok(record.status === 'done');
  assert.equal(record.cost.queries, undefined);
  const counted = sealRecord({ ...record, cost: { ...record.cost, queries: 1200 } });
  assert.deepEqual(parseRecordLine(recordLine(counted), 'table.jsonl', 1), counted);
  assert.equal(counted.run, record.run);
  assert.notEqual(counted.id, record.id);
  for (const wrong of [-1, 1.5, null]) assert.match(refusal('cost.queries', wrong), /cost\.queries/);
});

test('the JSON Schema of a record names all its keys', () => {
  const schema = JSON.stringify(recordJsonSchema());
  for (const key of topLevel) assert.ok(schema.includes(`"${key}"`), key);
});

/** Small record sets with repeats, supersessions and rivals for one run. */
function pool(): readonly RunRecord[] {
  const first = fixtureRecord({ seed: 1 });
  const second = fixtureRecord({ seed: 1, created: '2026-01-02T00:00:00.000Z', supersedes: first.id });
  const third = fixtureRecord({ seed: 1, created: '2026-01-03T00:00:00.000Z', supersedes: second.id });
  const stranger = fixtureRecord({ seed: 2, created: '2026-01-03T00:00:00.000Z', supersedes: first.id });
  const failed = fixtureRecord({ seed: 3, failed: 'out of memory' });
  const dirty = fixtureRecord({ seed: 3, dirty: true });
  const clean = fixtureRecord({ seed: 3, created: '2026-01-05T00:00:00.000Z' });
  return [first, second, third, stranger, failed, dirty, clean];
}

test('merging is idempotent, commutative and associative', () => {
  const subset = fc.subarray([...pool()]);
  fc.assert(
    fc.property(subset, subset, subset, (a, b, c) => {
      const ab = mergeRecords([a, b]);
      assert.deepEqual(mergeRecords([b, a]), ab);
      assert.deepEqual(mergeRecords([ab, ab, a]), ab);
      assert.deepEqual(mergeRecords([ab, c]), mergeRecords([a, mergeRecords([b, c])]));
      assert.deepEqual(currentRecords([...b, ...a]), currentRecords(ab));
      assert.equal(new Set(ab.map(({ id }) => id)).size, ab.length);
    }),
  );
});

test('per run, the record that nothing supersedes is shown: done before failed, clean before dirty', () => {
  const [first, second, third, stranger, failed, dirty, clean] = pool();
  assert.ok(first && second && third && stranger && failed && dirty && clean);
  const shown = (records: readonly RunRecord[]): readonly string[] => currentRecords(records).map(({ id }) => id);
  assert.deepEqual(shown([first, second]), [second.id]);
  assert.deepEqual(shown([third, first, second]), [third.id]);
  assert.deepEqual(new Set(shown([first, stranger])), new Set([first.id, stranger.id]), 'only a record of the same run');
  assert.deepEqual(shown([failed, dirty]), [dirty.id]);
  assert.deepEqual(shown([failed, dirty, clean]), [clean.id]);
});

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, reversedKeys(item)]));
}
