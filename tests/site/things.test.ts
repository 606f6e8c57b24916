import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { PNG } from 'pngjs';
import { z } from 'zod';
import { parseCatalogue } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { benchmarks, builtPages, content, dist, ensureBuilt } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';
import { examined } from './examined.ts';

const { models, tasks } = parseCatalogue(readContentFolder(content));
let pages: ReadonlyMap<string, BuiltPage> = new Map();
let base = '/';
before(async () => {
  await ensureBuilt();
  pages = new Map(builtPages().filter(({ address }) => /^\/(models|tasks|results)\//.test(address)).map((page) => [page.address, page]));
  base = page('/models/').html.querySelector('html')?.getAttribute('data-base') ?? '/';
});

function page(address: string): BuiltPage {
  const found = pages.get(address);
  assert.ok(found, `${address} isn't there`);
  return found;
}

const targetOf = (link: { getAttribute(name: string): string | undefined }): string => `/${(link.getAttribute('href') ?? '').slice(base.length)}`;

const modelCard = z.object({
  /** A pair has two towers in place of these. */
  input: z.string().optional(),
  blocks: z.number().optional(),
  outputs: z.number().optional(),
  image: z.object({ input: z.string(), blocks: z.number() }).optional(),
  text: z.object({ blocks: z.number(), contextLength: z.number() }).optional(),
  parameters: z.number(),
  digest: z.string(),
  measured: z.object({ task: z.string(), taskDigest: z.string(), n: z.number(), accuracy: z.number(), backend: z.object({ kernels: z.string() }) }).optional(),
  made: z.object({ testAccuracy: z.number(), testCount: z.number() }).optional(),
});
const ofEveryTask = {
  classes: z.array(z.string()),
  counts: z.object({ train: z.number(), test: z.number() }),
  digest: z.string(),
};
const pictureCard = z.object({ ...ofEveryTask, shape: z.tuple([z.number(), z.number(), z.number()]), samples: z.object({ file: z.string(), credit: z.string() }).nullable() });
const waveCard = z.object({ ...ofEveryTask, drawings: z.object({ credit: z.string(), waves: z.array(z.object({ values: z.number(), path: z.string() })) }) });
const textCard = z.object({
  ...ofEveryTask,
  texts: z.object({ samples: z.array(z.object({ asked: z.string(), answer: z.string() })), credit: z.string().nullable() }).nullable(),
});
const taskCard = z.union([pictureCard, waveCard, textCard]);

function card<T>(folder: string, id: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(benchmarks, 'cards', folder, `${id}.json`), 'utf8')));
}

test('every model and task has its page and is linked from its list', (t) => {
  for (const [folder, entries] of [['models', models], ['tasks', tasks]] as const) {
    const listed = page(`/${folder}/`).html.querySelectorAll('main :is(h2, h3) a').map(targetOf);
    assert.deepEqual(listed.toSorted(), entries.map(({ data }) => `/${folder}/${data.id}/`).toSorted());
    for (const { data } of entries) assert.equal(page(`/${folder}/${data.id}/`).html.querySelector('h1')?.text, data.title);
  }
  examined(t, models.length + tasks.length, 10, 'models and tasks');
});

test('the page of a model states source, licence, digest, size, form, what it was trained on and whether it is home-made', (t) => {
  for (const { data } of models) {
    const { html } = page(`/models/${data.id}/`);
    const facts = card('models', data.id, modelCard);
    assert.equal(html.querySelector('[data-digest]')?.text, facts.digest, data.id);
    assert.equal(html.querySelector('[data-licence]')?.text, data.licence, data.id);
    const source = html.querySelector('[data-source]');
    assert.equal(source?.querySelector('a')?.getAttribute('href') ?? source?.text, data.source, data.id);
    assert.ok(html.querySelector('.facts')?.text.includes(data.trainedOn), data.id);
    assert.equal(html.querySelector('.made-by.home') !== null, data.homeMade, data.id);
    const form = html.querySelector('.pipeline')?.text ?? '';
    const { image, text } = facts;
    const parts = image && text
      ? [image.input, `${image.blocks} blocks`, `${text.blocks} blocks`, `${text.contextLength} tokens`]
      : [facts.input ?? 'no input', `${facts.blocks} blocks`, `${facts.outputs} answers`];
    for (const part of parts) assert.ok(form.includes(part), `${data.id}: ${part}`);
    assert.ok(html.querySelector('.facts')?.text.includes(facts.parameters.toLocaleString('en')), data.id);
  }
  examined(t, models.length, 3, 'models');
});

test('accuracies on a model’s own task are those of its card and those that its entry quotes, and no other', (t) => {
  let shown = 0;
  for (const { data } of models) {
    const { html } = page(`/models/${data.id}/`);
    const { measured, made } = card('models', data.id, modelCard);
    const own = html.querySelectorAll('[data-accuracy]').map((each) => Number(each.getAttribute('data-accuracy')));
    assert.deepEqual(own, [...(measured ? [measured.accuracy] : []), ...(made ? [made.testAccuracy] : [])], data.id);
    const rows = html.querySelectorAll('.accuracy tbody tr');
    assert.equal(rows.length, own.length + (data.accuracy ?? []).length, data.id);
    if (measured) {
      const text = rows[0]?.text ?? '';
      for (const part of [measured.n.toLocaleString('en'), measured.taskDigest.slice(0, 12), measured.backend.kernels]) assert.ok(text.includes(part), `${data.id}: ${part}`);
    }
    for (const [i, { on, value, source }] of (data.accuracy ?? []).entries()) {
      const row = rows[own.length + i];
      assert.equal(row?.querySelector('th')?.text, on);
      assert.equal(row?.querySelector('td')?.text, `${value} %`);
      assert.equal(targetOf(row?.querySelector('a') ?? { getAttribute: () => undefined }), `/papers/all/#${source}`);
    }
    shown += rows.length;
  }
  examined(t, shown, 4, 'accuracies');
});

test('the page of a task shows its pictures, a drawing of its format where they may not be copied, a wave of each class, or questions', (t) => {
  let drawings = 0;
  let waves = 0;
  let texts = 0;
  for (const { data } of tasks) {
    const { html } = page(`/tasks/${data.id}/`);
    const facts = card('tasks', data.id, taskCard);
    const picture = html.querySelector('.specimens img');
    if ('texts' in facts) {
      assert.equal(picture, null, data.id);
      const rows = html.querySelectorAll('.specimens tbody tr').map((row) => row.querySelectorAll('code').map((code) => code.text));
      const samples = facts.texts?.samples ?? [];
      for (const { asked, answer } of samples) assert.ok(rows.some(([read, follows]) => read === asked && follows === answer), `${data.id}: ${asked}`);
      if (samples.length > 0) assert.ok(html.querySelector('.specimens figcaption')?.text.includes(facts.texts?.credit ?? ''), data.id);
      else assert.match(html.querySelector('main .note')?.text ?? '', /none are shown/, data.id);
      texts += samples.length > 0 ? 1 : 0;
    } else if ('drawings' in facts) {
      assert.equal(picture, null, data.id);
      const drawn = html.querySelectorAll('.specimens .waves li');
      assert.deepEqual(drawn.map((each) => each.text.trim()), facts.classes, data.id);
      assert.deepEqual(drawn.map((each) => each.querySelector('.values')?.getAttribute('d')), facts.drawings.waves.map(({ path }) => path), data.id);
      facts.classes.forEach((name, i) => {
        const label = drawn[i]?.querySelector('svg')?.getAttribute('aria-label') ?? '';
        for (const part of [name, facts.drawings.waves[i]?.values.toLocaleString('en') ?? 'none']) assert.ok(label.includes(part), `${data.id}: ${label}`);
      });
      assert.ok(html.querySelector('.specimens figcaption')?.text.includes(facts.drawings.credit), data.id);
      waves += 1;
    } else if (facts.samples) {
      assert.ok(picture, data.id);
      const shown = PNG.sync.read(readFileSync(join(dist, (picture.getAttribute('src') ?? '').slice(base.length))));
      const sheet = PNG.sync.read(readFileSync(join(benchmarks, 'cards', 'tasks', facts.samples.file)));
      assert.ok(shown.width <= sheet.width && shown.height <= sheet.height && shown.height > facts.shape[0], data.id);
      for (let row = 0; row < shown.height; row += 1) {
        const line = ({ data: pixels, width }: PNG): Buffer => pixels.subarray(row * width * 4, (row * width + shown.width) * 4);
        assert.ok(line(shown).equals(line(sheet)), `${data.id}: row ${row}`);
      }
      const [across, down] = [(shown.width - 1) / (facts.shape[1] + 1), (shown.height - 1) / (facts.shape[0] + 1)];
      assert.ok(across * down >= facts.classes.length, `${data.id}: ${across * down} pictures for ${facts.classes.length} classes`);
      assert.ok(html.querySelector('.specimens figcaption')?.text.includes(facts.samples.credit), data.id);
    } else {
      assert.equal(picture, null, data.id);
      assert.ok(!existsSync(join(dist, 'tasks', `${data.id}.png`)), data.id);
      assert.ok(html.querySelector('.specimens svg')?.getAttribute('aria-label')?.includes(`${facts.shape[0]} by ${facts.shape[1]} pixels`), data.id);
      assert.deepEqual(html.querySelectorAll('.class-places li').map((place) => place.text), facts.classes, data.id);
      drawings += 1;
    }
  }
  examined(t, tasks.length, 8, 'tasks');
  examined(t, drawings, 1, 'drawings');
  examined(t, waves, 1, 'tasks of waves');
  examined(t, texts, 1, 'tasks of texts');
});

test('the page of a task states its classes, pools, digest, licence and source, and what a guess gives', (t) => {
  for (const { data } of tasks) {
    const { html } = page(`/tasks/${data.id}/`);
    const { classes, counts, digest } = card('tasks', data.id, taskCard);
    const facts = html.querySelector('.facts')?.text ?? '';
    for (const part of [classes.join(', '), counts.train.toLocaleString('en'), counts.test.toLocaleString('en')]) assert.ok(facts.includes(part), `${data.id}: ${part}`);
    assert.equal(html.querySelector('[data-digest]')?.text, digest, data.id);
    assert.equal(html.querySelector('[data-licence]')?.text, data.licence, data.id);
    const source = html.querySelector('[data-source]');
    assert.equal(source?.querySelector('a')?.getAttribute('href') ?? source?.text, data.source, data.id);
    const chance = html.querySelector('[data-chance]')?.getAttribute('data-chance');
    assert.equal(chance, classes.length === 0 ? undefined : String(100 / classes.length), data.id);
  }
  examined(t, tasks.length, 8, 'tasks');
});

test('what a table holds of a model or task stands on its page, with the number that the table shows first', (t) => {
  let uses = 0;
  for (const [address, { html }] of pages) {
    if (!/^\/(models|tasks)\/[^/]+\/$/.test(address)) continue;
    for (const row of html.querySelectorAll('.used tbody tr')) {
      const [number] = row.querySelectorAll('.best a');
      if (!number) continue;
      const target = targetOf(number);
      const table = target.replace(/[^/]+\/$/, '');
      const cells = page(table).html.querySelectorAll('td[data-cell]');
      const own = cells.find((cell) => cell.querySelectorAll('a').some((link) => targetOf(link) === target));
      assert.ok(own, `${address}: ${target}`);
      assert.ok(own.text.trim().startsWith(number.text), `${address}: ${number.text} isn't ${own.text}`);
      const inColumn = cells.filter((cell) => cell.getAttribute('data-column') === own.getAttribute('data-column') && cell.closest('.control') === null);
      assert.equal(Number(own.getAttribute('data-value')), Math.max(...inColumn.map((cell) => Number(cell.getAttribute('data-value')))), `${address}: ${target}`);
      uses += 1;
    }
  }
  examined(t, uses, 10, 'columns of tables');
});
