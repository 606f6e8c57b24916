import { argmaxRows, labelMapTensor } from '../reprogramming/index.ts';
import type { Adapted } from '../reprogramming/index.ts';
import { tf } from '../tensor/index.ts';
import type { Outcome } from './adapt-to-task.ts';
import { outputsOf } from './outputs-of.ts';
import type { Drawing, Prepared } from './prepare-run.ts';

/** One number that a record states, over so many of the measured examples. */
export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly n: number;
}

export interface Judged {
  /** The target class answered for every measured example; equal logits: the lowest index. */
  readonly predictions: Int32Array;
  /** 1 where the answer was right. */
  readonly correct: Uint8Array;
  /** The share of right answers first, 0–1. */
  readonly metrics: readonly [Measured, ...Measured[]];
}

const shareOf = (bits: ArrayLike<number>): number => Array.from(bits).reduce((sum, bit) => sum + bit, 0) / bits.length;

async function predict(prepared: Prepared, { params, labelMap }: Outcome): Promise<Int32Array> {
  const { adapted, drawing } = prepared;
  const outputs = await outputsOf(prepared, params, 'measured');
  const logits = tf.tidy(() => {
    const map = labelMap ? labelMapTensor(labelMap) : null;
    const read = tf.tensor2d(outputs, [drawing.measured.labels.length, adapted.outputWidth]);
    return Float32Array.from(adapted.align(params, read, map).dataSync());
  });
  return argmaxRows(logits, adapted.targets);
}

/** The measured examples of some classes, with labels counted from the first of them, as a drawing of their own. */
function measuredPart(drawing: Drawing, name: string, indices: readonly number[], first: number): Drawing {
  const { x, labels } = drawing.measured;
  return {
    ...drawing,
    digest: `${drawing.digest} ${name}`,
    measured: {
      x: tf.tidy(() => tf.gather(x, tf.tensor1d(Int32Array.from(indices), 'int32'))),
      labels: Int32Array.from(indices, (index) => (labels[index] ?? 0) - first),
    },
  };
}

/** The harmonic mean of two shares; 0 where one of them is. */
const harmonicMean = (a: number, b: number): number => (a + b === 0 ? 0 : (2 * a * b) / (a + b));

/**
 * Examples of trained classes are judged among those, the others among the others, as papers on learned prompts do
 * (CoCoOp, arXiv 2203.05557).
 */
async function measureHalves(prepared: Prepared, unseen: Adapted, outcome: Outcome): Promise<Judged> {
  const { adapted, drawing } = prepared;
  const { labels } = drawing.measured;
  const predictions = new Int32Array(labels.length);
  const shares: Measured[] = [];
  for (const half of [
    { name: 'trained classes', adapted, first: 0, end: adapted.targets },
    { name: 'unseen classes', adapted: unseen, first: adapted.targets, end: adapted.targets + unseen.targets },
  ]) {
    const indices = [...labels.keys()].filter((index) => (labels[index] ?? -1) >= half.first && (labels[index] ?? -1) < half.end);
    if (indices.length === 0) throw new RangeError(`No measured example is of the ${half.name}; ask for more test examples.`);
    const part = measuredPart(drawing, half.name, indices, half.first);
    const answers = await predict({ ...prepared, adapted: half.adapted, drawing: part }, outcome);
    tf.dispose(part.measured.x);
    indices.forEach((index, row) => (predictions[index] = (answers[row] ?? 0) + half.first));
    shares.push({ name: half.name, value: shareOf(indices.map((index) => (predictions[index] === labels[index] ? 1 : 0))), n: indices.length });
  }
  const correct = Uint8Array.from(labels, (label, index) => (predictions[index] === label ? 1 : 0));
  const [trained, others] = shares;
  const mean = { name: 'harmonic mean', value: harmonicMean(trained?.value ?? 0, others?.value ?? 0), n: labels.length };
  return { predictions, correct, metrics: [{ name: 'accuracy', value: shareOf(correct), n: correct.length }, mean, ...shares] };
}

/** Looks at the measured examples, once. */
export async function measure(prepared: Prepared, outcome: Outcome): Promise<Judged> {
  if (prepared.unseen) return measureHalves(prepared, prepared.unseen, outcome);
  const { labels } = prepared.drawing.measured;
  const predictions = await predict(prepared, outcome);
  const correct = Uint8Array.from(labels, (label, index) => (predictions[index] === label ? 1 : 0));
  return { predictions, correct, metrics: [{ name: 'accuracy', value: shareOf(correct), n: correct.length }] };
}
