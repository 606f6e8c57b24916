import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readClaims } from '../../src/results/index.ts';
import type { Claim } from '../../src/results/index.ts';
import { readClaimsFolder } from '../../src/results/index.node.ts';

const root = join(import.meta.dirname, '../..');

test('every claim has a standing, a reason where it is not comparable, and a source in the bibliography', (context) => {
  const claims = readClaimsFolder(join(root, 'benchmarks/claims'));
  const bibliography = readFileSync(join(root, 'content/references.bib'), 'utf8');
  assert.ok(claims.length > 100);
  for (const { paper, method, dataSet, value, unit, reason, standing, comparable } of claims) {
    const what = `${paper}: ${method} on ${dataSet}`;
    assert.ok(bibliography.includes(`{${paper},`), `${what}: no such key in references.bib`);
    assert.ok(unit !== '%' || (value > 0 && value <= 100), what);
    assert.ok(comparable || reason.length > 20, what);
    assert.ok(standing === 'sourced' || !comparable, `${what}: a number from memory is compared with nothing`);
  }
  const recalled = claims.filter(({ standing }) => standing === 'recall');
  context.diagnostic(`${claims.length} claims, ${recalled.length} from memory`);
});

test('claims are about methods that have an entry', () => {
  const methods = new Set(readClaimsFolder(join(root, 'benchmarks/claims')).map(({ method }) => method));
  assert.ok(methods.size > 5);
  for (const method of methods) assert.ok(existsSync(join(root, `content/methods/${method}.md`)), method);
});

test("a source's means are the means of its values", () => {
  const claims = readClaimsFolder(join(root, 'benchmarks/claims'));
  let examined = 0;
  for (const total of claims.filter(({ dataSet }) => dataSet === 'mean of 11 data sets')) {
    const parts = claims.filter(
      ({ paper, model, reportedAs, dataSet }) =>
        paper === total.paper &&
        model === total.model &&
        reportedAs === total.reportedAs &&
        dataSet !== total.dataSet,
    );
    if (parts.length === 0) continue;
    assert.equal(parts.length, 11);
    assert.ok(Math.abs(average(parts) - total.value) < 0.06, `${total.reportedAs ?? ''}: ${average(parts)}`);
    examined++;
  }
  const shallow = claims.filter(({ paper, method }) => paper === 'jia2022vpt' && method === 'vpt-shallow');
  const single = shallow.filter(({ place }) => place === 'VTAB-1k, single tasks');
  const groups = { Natural: single.slice(0, 7), Specialized: single.slice(7, 11), Structured: single.slice(11) };
  for (const [name, parts] of Object.entries(groups)) {
    const total = shallow.find(({ dataSet }) => dataSet === `VTAB-1k ${name}`);
    assert.ok(total && Math.abs(average(parts) - total.value) < 0.01, `${name}: ${average(parts)}`);
    examined++;
  }
  assert.equal(examined, 5);
});

function average(claims: readonly Claim[]): number {
  return claims.reduce((sum, { value }) => sum + value, 0) / claims.length;
}

test('a file of claims that misses something is refused with its place', () => {
  assert.throws(() => readClaims({ paper: 'x' }, 'x.yaml'), /^ClaimsError: x\.yaml: paper: expected a key/);
  const row = { method: 'blm', values: { MNIST: 1 } };
  assert.throws(
    () => readClaims({ paper: 'cai2024blm', defaults: { model: 'm', metric: 'a', unit: '%' }, claims: [row] }, 'x.yaml'),
    /^ClaimsError: x\.yaml: claims\.0 \(blm\): standing is given neither here nor under defaults/,
  );
});
