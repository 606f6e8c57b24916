import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { formatReport, isGood, runCases, summarise } from '../../src/parity/index.ts';
import type { CaseReport, OracleCase, Runner } from '../../src/parity/index.ts';
import { findRunners, readCases } from '../../src/parity/index.node.ts';
import { useBackend } from '../../src/tensor/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const oracles = join(root, 'tests/oracles');
const scratch = mkdtempSync(join(tmpdir(), 'parity-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
before(async () => {
  await useBackend('cpu');
});

const wasm = { name: 'wasm', kernels: 'stock', toleranceFactor: 1 };

/** A stored case, changed in its `case.json` or its tensors. */
function storedCase(id: string, change: (oracle: OracleCase) => Partial<OracleCase> = () => ({})): OracleCase {
  const [found] = readCases(join(oracles, id), 1);
  assert.ok(found && 'oracle' in found, `${id} was not read`);
  return { ...found.oracle, ...change(found.oracle) };
}

async function report(oracle: OracleCase, runner?: Runner): Promise<CaseReport> {
  const runners = runner ? new Map([[oracle.kind, runner]]) : await findRunners();
  const [only] = await runCases([{ oracle }], runners);
  assert.ok(only);
  return only;
}

/** The case with one value of a stored tensor changed. */
const withValue = (name: string, index: number, add: number) => (oracle: OracleCase) => {
  const tensor = oracle.tensors.get(name);
  assert.ok(tensor, `${oracle.id} has no ${name}`);
  const values = tensor.values.slice();
  values[index] = (values[index] ?? 0) + add;
  return { tensors: new Map([...oracle.tensors, [name, { ...tensor, values }]]) };
};

test('every required kind has a runner and at least one stored case', async () => {
  const required: string[] = JSON.parse(readFileSync(join(root, 'tests/parity-required.json'), 'utf8'));
  const kinds = readCases(oracles, 1).map((found) => ('oracle' in found ? found.oracle.kind : found.kind));
  const runners = await findRunners();
  assert.ok(required.length > 0);
  for (const kind of required) {
    assert.ok(runners.has(kind), `nothing runs '${kind}'`);
    assert.ok(kinds.includes(kind), `no case of '${kind}'`);
  }
});

test('small mistakes are noticed: another ε, another rate, another mask, another tie, one wrong result', async () => {
  type Change = (oracle: OracleCase) => Partial<OracleCase>;
  const json = (replace: (text: string) => string): Change => ({ json: given }) => ({
    json: JSON.parse(replace(JSON.stringify(given))),
  });
  const swap = (from: string | RegExp, to: string) =>
    json((text) => {
      const changed = text.replace(from, to);
      assert.notEqual(changed, text, `${from} is not in the case`);
      return changed;
    });
  const mistakes: readonly (readonly [id: string, change: Change])[] = [
    ['optimiser-a', swap('"eps":0.001', '"eps":0.00101')],
    ['optimiser-a', swap('"dampening":0.5', '"dampening":0.501')],
    ['optimiser-a', swap('"weight_decay":0.01', '"weight_decay":0.0101')],
    ['optimiser-a', swap('clipped to 0.5', 'clipped to 0.501')],
    ['schedule-a', swap('"warmUp":5', '"warmUp":4')],
    ['alignment-a', swap('"lambda":1,', '"lambda":1.01,')],
    ['alignment-a', swap('"ridgeAlpha":1,', '"ridgeAlpha":1.01,')],
    ['alignment-a', swap('"neighbours":3', '"neighbours":4')],
    // the first sample's classes 0 and 18 have equal logits
    ['alignment-ties', withValue('input.logits', 18, 1e-6)],
    ['alignment-ties', withValue('expect.frequency_map', 0, 1)],
    ['cnn-vr-pad-additive', withValue('input.mask', 0, -1)],
    ['cnn-vr-pad-sigmoid', swap('"bound":"sigmoid"', '"bound":"tanh"')],
    ['cnn-vr-program-a', swap('"lambda":0.001', '"lambda":0.00101')],
    ['cnn-vr-watermark-tanh', swap('"epsilon":0.5', '"epsilon":0.5001')],
    ['vit-forward-a', swap('"layer_norm_eps":1e-12', '"layer_norm_eps":0.00001')],
    ['vit-linear-probe-a', swap('"eps":1e-8', '"eps":0.000001')],
    ['vit-vpt-shallow-a', swap('"weightDecay":0.001', '"weightDecay":0.0011')],
    ['vit-vpt-shallow-a', withValue('frozen.vit.embeddings.cls_token', 0, 1e-4)],
    ['vit-full-a', withValue('expect.step3.vit.layernorm.bias', 0, 1e-5)],
  ];
  for (const [index, [id, change]] of mistakes.entries()) {
    const { status } = await report(storedCase(id, change));
    assert.equal(status, 'failed', `mistake ${index}, in ${id}, went unnoticed`);
  }
});

test('a runner that compares nothing, forgets a result, gives no number or another length does not pass', async () => {
  const oracle = storedCase('schedule-a');
  const good = (await findRunners()).get('schedule');
  assert.ok(good);
  const nothing = await report({ ...oracle, tensors: new Map() }, async () => []);
  assert.deepEqual([nothing.status, nothing.error], ['failed', 'nothing was compared']);
  const forgotten = await report(oracle, async (given) => (await good(given)).slice(1));
  assert.equal(forgotten.status, 'failed');
  assert.match(forgotten.error ?? '', /were not compared: expect\.constant$/);
  const noNumber = await report(oracle, async (given) =>
    (await good(given)).map((check) => ({ ...check, error: NaN })),
  );
  assert.equal(noNumber.status, 'failed');
  assert.equal(noNumber.worst?.error, null);
  const shorter = await report(storedCase('schedule-a', (given) => {
    const tensor = given.tensors.get('expect.cosine');
    assert.ok(tensor);
    const values = Float32Array.of(...tensor.values, 0);
    return { tensors: new Map([...given.tensors, ['expect.cosine', { ...tensor, values, shape: [25] }]]) };
  }));
  assert.equal(shorter.status, 'failed');
});

test('a runner that throws fails its case with the reason', async () => {
  const thrown = await report(storedCase('schedule-a'), () => Promise.reject(new Error('the lamp is broken')));
  assert.deepEqual([thrown.status, thrown.error], ['failed', 'the lamp is broken']);
});

test('a run is good only with cases, without failures and with every required kind covered', async () => {
  const [passed] = await runCases([{ oracle: storedCase('schedule-a') }], await findRunners());
  const [uncovered] = await runCases([{ oracle: storedCase('schedule-a') }], new Map());
  assert.ok(passed && uncovered);
  const kinds = new Set(['schedule']);
  assert.ok(isGood(summarise([passed], ['schedule'], kinds, wasm)));
  assert.ok(isGood(summarise([passed, uncovered], [], kinds, wasm)));
  assert.ok(!isGood(summarise([], [], kinds, wasm)));
  assert.ok(!isGood(summarise([{ ...passed, status: 'failed' }], [], kinds, wasm)));
  const missing = summarise([passed], ['schedule', 'alchemy'], kinds, wasm);
  assert.ok(!isGood(missing));
  assert.deepEqual(missing.missing, ['alchemy']);
  assert.match(formatReport(missing, 'tests/oracles'), /Required kinds that nothing here runs: alchemy\./);
});

test('cases are told by their kind, whatever their folder is called, and tolerances grow by the factor alone', () => {
  cpSync(join(oracles, 'schedule-a'), join(scratch, 'renamed', 'any name'), { recursive: true });
  const [found] = readCases(join(scratch, 'renamed'), 100);
  assert.ok(found && 'oracle' in found);
  assert.equal(found.oracle.kind, 'schedule');
  assert.equal(found.oracle.tolerance('expect.cosine'), 100 * storedCase('schedule-a').tolerance('expect.cosine'));
  assert.throws(() => found.oracle.tolerance('expect.nothing'), /states no tolerance for 'expect\.nothing'/);
});

test('a case that cannot be read fails with the reason', async () => {
  mkdirSync(join(scratch, 'broken', 'torn'), { recursive: true });
  writeFileSync(join(scratch, 'broken', 'torn', 'case.json'), '{"id": "torn", "kind"');
  const [torn] = await runCases(readCases(join(scratch, 'broken'), 1), new Map());
  assert.equal(torn?.status, 'failed');
  assert.match(torn?.error ?? '', /can't be read/);
});

function command(...args: string[]) {
  return spawnSync(process.execPath, [join(root, 'scripts/parity.ts'), ...args], { encoding: 'utf8' });
}

test('the command answers with the codes it promises', () => {
  const good = command('--json', '--backend', 'cpu', '--oracles', join(oracles, 'schedule-a'));
  assert.equal(good.status, 0, good.stderr);
  const account: { passed: number; failed: number; uncovered: number; cases: CaseReport[] } = JSON.parse(good.stdout);
  assert.deepEqual([account.passed, account.failed, account.uncovered], [1, 0, 0]);
  assert.deepEqual(account.cases.map(({ id, kind, status }) => ({ id, kind, status })), [
    { id: 'schedule-a', kind: 'schedule', status: 'passed' },
  ]);
  const nothing = command('--oracles', join(scratch, 'nowhere'), '--backend', 'cpu');
  assert.equal(nothing.status, 1);
  assert.match(nothing.stdout, /No case was read below/);
  const wrong = command('--backend', 'abacus');
  assert.deepEqual([wrong.status, wrong.stdout], [2, '']);
  assert.match(wrong.stderr, /abacus: choose one of wasm, cpu, node, webgpu/);
  assert.equal(command('--orakles').status, 2);
  assert.match(command('--help').stdout, /--oracles DIR/);
});
