import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { z } from 'zod';
import type { DoneRecord } from '../../src/results/index.ts';
import { readRecordFolder } from '../../src/results/index.node.ts';
import { asksModel } from '../../src/site/data/asking.ts';
import { modelCards, taskCards } from '../../src/site/data/cards.ts';
import { benchmarks, builtPages, dist, ensureBuilt } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';
import { examined } from './examined.ts';

let pages: ReadonlyMap<string, BuiltPage> = new Map();
const records = new Map<string, DoneRecord>();
before(async () => {
  await ensureBuilt();
  pages = new Map(['/models/', '/tasks/', '/results/', '/methods/'].flatMap((folder) => builtPages(folder)).map((page) => [page.address, page]));
  for (const { record } of readRecordFolder(join(benchmarks, 'records')).stored) if (record.status === 'done') records.set(record.id, record);
});

function page(address: string): BuiltPage {
  const found = pages.get(address);
  assert.ok(found, address);
  return found;
}

const shared = { id: z.string(), classes: z.array(z.string()) };
const textTask = z.object({
  ...shared,
  texts: z.object({
    wordings: z.array(z.object({ instruction: z.string().nullable(), ask: z.string(), askSteps: z.string().optional(), end: z.string(), classWords: z.array(z.string()).optional() })),
    samples: z.array(z.object({ asked: z.string(), answer: z.string() })),
  }),
});
const languageModel = z.object({
  id: z.string(),
  kind: z.literal('language'),
  parameters: z.number().optional(),
  input: z.string().optional(),
  outputs: z.number().optional(),
  made: z.object({ recipe: z.object({ documents: z.number(), length: z.number() }), testByKind: z.record(z.string(), z.object({ accuracy: z.number() })) }).optional(),
});

/** Cards of one kind; the others are left out. */
const cardsOf = <T>(cards: readonly unknown[], schema: z.ZodType<T>): readonly T[] => cards.flatMap((card) => schema.safeParse(card).data ?? []);

test('the page of a task of texts says how it is asked, wording by wording', (t) => {
  let wordings = 0;
  for (const { id, classes, texts } of cardsOf(taskCards, textTask)) {
    const { html } = page(`/tasks/${id}/`);
    texts.wordings.forEach(({ instruction, ask, askSteps, classWords = classes }, number) => {
      const row = html.querySelector(`.wordings tr#wording-${number}`)?.text ?? '';
      const parts = [String(number), ...(instruction === null ? [] : [instruction]), ...[ask, askSteps ?? ask].flatMap((template) => template.split('{question}')), ...classWords];
      for (const part of parts) assert.ok(row.includes(part.replaceAll('\n', '⏎\n')), `${id}, wording ${number}: ${part}`);
      wordings += 1;
    });
    assert.equal(html.querySelectorAll('.wordings tbody tr').length, texts.wordings.length, id);
    const open = html.querySelector('.facts')?.text.includes('open answers') === true;
    assert.equal(open, classes.length === 0, id);
    assert.equal(html.querySelector('[data-chance]') === null, classes.length === 0, id);
    assert.equal(html.querySelector('.specimens table') !== null, texts.samples.length > 0, id);
  }
  examined(t, wordings, 10, 'wordings');
});

test('the page of a language model says that it writes text, of what, and how it was made', (t) => {
  const models = cardsOf(modelCards, languageModel);
  for (const { id, parameters, input, outputs, made } of models) {
    const { html } = page(`/models/${id}/`);
    const facts = html.querySelector('.facts')?.text ?? '';
    assert.ok(facts.includes('text, token by token'), id);
    for (const part of [parameters?.toLocaleString('en'), input, outputs?.toLocaleString('en')]) if (part !== undefined) assert.ok(facts.includes(part), `${id}: ${part}`);
    assert.ok(!html.querySelector('main')?.text.includes('undefined'), id);
    if (made) {
      const how = html.querySelector('#made + p')?.text ?? '';
      assert.ok(how.includes(made.recipe.documents.toLocaleString('en')) && how.includes(`${made.recipe.length} words`), how);
      const shown = html.querySelectorAll('.by-kind [data-kind]').map((each) => [each.getAttribute('data-kind'), Number(each.getAttribute('data-value'))]);
      assert.deepEqual(shown, Object.entries(made.testByKind).map(([kind, { accuracy }]) => [kind, accuracy]), id);
    }
    assert.ok(page('/models/').html.querySelector(`h2#${id}`)?.parentNode?.text.includes('writes text'), id);
  }
  examined(t, models.length, 1, 'language models');
});

/** Whether a language model was asked; a record of a pair says how its classes are called in texts. */
const isAsked = ({ spec: { asking } }: DoneRecord): boolean => asking !== undefined && !('texts' in asking);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the page of a number says how its runs were asked and everything they measured, and only where they were', (t) => {
  let asked = 0;
  for (const [address, { html }] of pages) {
    if (!/^\/results\/[^/]+\/[0-9a-f]{24}\/$/.test(address)) continue;
    const own = html.querySelectorAll('td[data-record]').flatMap((cell) => records.get(cell.getAttribute('data-record') ?? '') ?? []);
    const [first] = own;
    assert.ok(first, address);
    assert.equal(html.querySelector('.asked') !== null, isAsked(first), address);
    const names = [...new Set(own.flatMap(({ result }) => result.metrics.map(({ name }) => name)))];
    const measures = html.querySelectorAll('.measures [data-measure]');
    assert.deepEqual(measures.map((cell) => cell.getAttribute('data-measure')), names.length === 1 ? [] : names, address);
    for (const cell of measures) {
      const values = own.flatMap(({ result }) => result.metrics.flatMap(({ name, value }) => (name === cell.getAttribute('data-measure') ? [value] : [])));
      assert.ok(Math.abs(Number(cell.getAttribute('data-value')) - mean(values)) < 1e-12, address);
      const shown = Number.parseFloat(cell.text.trim());
      assert.ok(Math.abs(shown - mean(values) * 100) < 0.0501, `${address}: ${cell.text}`);
    }
    if (!isAsked(first)) continue;
    asked += 1;
    for (const { id, spec, drawn } of own) {
      const section = html.querySelector(`section.record[id="${id}"]`);
      assert.ok(section?.text.includes(`wording ${drawn.asking?.wording}`), `${address} ${id}`);
      const shown = section?.querySelector('[data-exemplars]');
      assert.equal(shown !== null, Number(spec.asking?.['shots'] ?? 0) > 0, `${address} ${id}`);
      if (drawn.exemplars && drawn.exemplars.length > 0) assert.equal(shown?.getAttribute('data-exemplars'), drawn.exemplars.join(' '), `${address} ${id}`);
    }
    const turns = html.querySelectorAll('[data-wording]').map((cell) => Number(cell.getAttribute('data-wording')));
    assert.deepEqual(turns, first.spec.asking?.['wording'] === 'balanced' ? own.map(({ drawn }) => drawn.asking?.wording) : [], address);
  }
  examined(t, asked, 1, 'numbers of language models');
});

test('the page of a method draws where it enters a language model, if one of its rows ran on one', (t) => {
  const ran = new Set([...records.values()].flatMap((record) => (isAsked(record) && record.spec.control === undefined && asksModel(record) ? [record.spec.method.id] : [])));
  let drawn = 0;
  for (const id of ran) {
    const drawing = page(`/methods/${id}/`).html.querySelector('.pipeline');
    assert.ok(drawing, id);
    assert.ok(drawing.querySelectorAll('.adds').length > 0, id);
    drawn += 1;
  }
  for (const [address, { html }] of pages) {
    const [, id = ''] = /^\/methods\/([^/]+)\/$/.exec(address) ?? [];
    if (id !== '' && !ran.has(id)) assert.equal(html.querySelector('.pipeline'), null, address);
  }
  examined(t, drawn, 1, 'methods of language models');
});

test('a record of a language model is served as it is stored', (t) => {
  let served = 0;
  for (const [id, record] of records) {
    const { drawn } = record;
    if (!isAsked(record)) continue;
    const file = join(dist, 'records', `${id}.json`);
    assert.ok(existsSync(file), id);
    const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const { asking } = z.object({ drawn: z.object({ asking: z.unknown() }) }).parse(raw).drawn;
    assert.deepEqual(asking, drawn.asking, id);
    served += 1;
  }
  examined(t, served, 1, 'records of language models');
});
