import type { CellRequest } from '../../../src/bench/index.ts';

const small = {
  options: {},
  modelId: 'world-vit',
  taskId: 'world-outlines',
  split: { train: 60, test: 80 },
  epochs: 2,
  batch: 20,
  seed: 7,
} as const;

/** A cell of each family and rival on the embedded model, small enough to be run twice in a test. */
export const smallCells: readonly CellRequest[] = [
  { ...small, methodId: 'vpt-shallow', learningRate: 0.01 },
  { ...small, methodId: 'additive-program', learningRate: 0.05 },
  { ...small, methodId: 'picture-template', epochs: 0, batch: 1 },
  { ...small, methodId: 'linear-probe', learningRate: 0.01 },
  { ...small, methodId: 'full-fine-tuning', learningRate: 0.001 },
  { ...small, methodId: 'vpt-shallow', learningRate: 0.01, control: 'random-net' },
];
