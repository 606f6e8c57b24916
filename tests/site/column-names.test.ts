import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TableColumn } from '../../src/results/index.ts';
import { columnsInWords } from '../../src/site/data/column-names.ts';

const column = (modelId: string, taskId: string, label: string, size = ''): TableColumn => ({
  key: [modelId, taskId, ...(size === '' ? [] : [size])].join('/'),
  modelId,
  taskId,
  label: size === '' ? label : `${label}, ${size}`,
  groupLabel: modelId.toUpperCase(),
});

test('a task is named once with its sizes, without what all labels begin with', () => {
  const all = [column('a', 't', 'World: tinted', '1,000 pictures'), column('a', 'p', 'World: pastel', '1,000 pictures'), column('a', 't', 'World: tinted', '4 a class')];
  assert.equal(columnsInWords(all, all), 'tinted (1,000 pictures, 4 a class); pastel (1,000 pictures)');
  assert.equal(columnsInWords(all.slice(1, 2), all), 'pastel (1,000 pictures)');
});

test('labels that begin differently stay whole, and several models are named', () => {
  const all = [column('a', 't', 'World: tinted'), column('b', 'm', 'MNIST')];
  assert.equal(columnsInWords(all, all), 'World: tinted on A; MNIST on B');
});
