import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { evaluateFormula, methodSchema, splitFrontMatter, statedClass } from '../../src/knowledge/index.ts';
import type { MethodEntry } from '../../src/knowledge/index.ts';

const root = join(import.meta.dirname, '..', '..');
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const methodCard = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  paper: z.string(),
  file: z.string(),
  taxonomy: z.record(z.string(), z.array(z.string())).nullable(),
  counts: z.array(z.object({ modelId: z.string(), taskId: z.string(), options: z.record(z.string(), scalar), trainable: z.number() })),
});
const modelCard = z.object({
  id: z.string(),
  parameters: z.number(),
  input: z.string(),
  width: z.number().optional(),
  featureWidth: z.number(),
  outputs: z.number(),
});
const taskCard = z.object({ id: z.string(), classes: z.array(z.string()) });

function cards<T>(folder: string, schema: z.ZodType<T>): readonly T[] {
  const path = join(root, 'benchmarks', 'cards', folder);
  return readdirSync(path).filter((file) => file.endsWith('.json')).map((file) => schema.parse(JSON.parse(readFileSync(join(path, file), 'utf8'))));
}

const methods = cards('methods', methodCard);
const models = new Map(cards('models', modelCard).map((card) => [card.id, card]));
const tasks = new Map(cards('tasks', taskCard).map((card) => [card.id, card]));
const entries = new Map(
  readdirSync(join(root, 'content', 'methods')).map((file): [string, MethodEntry] => {
    const front = splitFrontMatter(readFileSync(join(root, 'content', 'methods', file), 'utf8'));
    const entry = methodSchema.parse(front?.document.toJS());
    return [entry.id, entry];
  }),
);

test('every implemented method has an entry that says what the engine says', () => {
  assert.ok(methods.length >= 10, `${methods.length} methods`);
  for (const card of methods) {
    const entry = entries.get(card.id);
    assert.ok(entry, `content/methods/${card.id}.md is missing`);
    assert.deepEqual(
      { name: entry.name, family: entry.family, paper: entry.paper, file: entry.implementation },
      { name: card.name, family: card.family, paper: card.paper, file: card.file },
      card.id,
    );
  }
});

test('the class in an entry is the class computed from the composition', () => {
  let examined = 0;
  for (const card of methods) {
    const entry = entries.get(card.id);
    assert.ok(entry, card.id);
    const stated = statedClass(entry) ?? null;
    assert.deepEqual(stated, card.taxonomy, card.id);
    examined += 1;
  }
  assert.ok(examined >= 10, `${examined} methods`);
});

test('the file that an entry names is there', () => {
  const named = [...entries.values()].flatMap(({ implementation }) => (implementation === undefined ? [] : [implementation]));
  assert.ok(named.length >= 10, `${named.length} files`);
  for (const file of named) assert.ok(existsSync(join(root, file)), file);
});

test("an entry's formula gives the number of trained scalars of every cell", () => {
  let examined = 0;
  for (const card of methods) {
    const formula = entries.get(card.id)?.trainable.formula ?? '';
    for (const { modelId, taskId, options, trainable } of card.counts) {
      const model = models.get(modelId);
      const task = tasks.get(taskId);
      if (!model || !task) continue;
      const [h = 0, w = 0, c = 0] = model.input.split(' × ').map(Number);
      const frame = w - 2 * Math.floor(w / 8);
      const inner: Readonly<Record<string, number>> = { none: w, padding: frame, additive: 0 };
      const values = {
        c, h, w,
        s: inner[String(options['program'])] ?? 0,
        m: model.outputs,
        k: task.classes.length,
        d: model.featureWidth,
        p: Number(options['tokens'] ?? 0),
        b: model.parameters - (model.featureWidth * model.outputs + model.outputs),
      };
      assert.equal(evaluateFormula(formula, values), trainable, `${card.id} on ${modelId}, ${taskId}, ${JSON.stringify(options)}`);
      examined += 1;
    }
  }
  assert.ok(examined >= 50, `${examined} cells`);
});
