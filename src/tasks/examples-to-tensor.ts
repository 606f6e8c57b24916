import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { kindOf } from './example-set.ts';
import type { ExampleSet } from './example-set.ts';
import { fitWaves } from './fit-waves.ts';
import type { WaveFit, WaveSize, Whose } from './fit-waves.ts';
import { picturesToTensor } from './pictures-to-tensor.ts';
import type { PictureFit, PictureSize } from './pictures-to-tensor.ts';
import type { WaveSet } from './wave-set.ts';

/** What a network takes. */
export type ExampleInput = PictureSize | WaveSize;

/** How examples are brought to what a network takes; `as: 'series'`: the series as they are, for what needs no network. */
export type Fit = PictureFit | WaveFit | { readonly as: 'series' };

/** The ids of task and model, for messages. */
export interface ExampleNames {
  readonly task: string;
  readonly model: string;
}

function inWords(input: ExampleInput): string {
  return 'rows' in input ? `pictures of ${input.rows} × ${input.columns}` : `waves of ${input.samples} samples`;
}

const mismatch = (set: ExampleSet, input: ExampleInput, { task, model }: Whose): RangeError =>
  new RangeError(`${task} holds ${kindOf(set)}; ${model} takes ${inWords(input)}, so choose another model or task.`);

const wrongFit = (set: ExampleSet, { task }: Whose): RangeError =>
  new RangeError(`${task} holds ${kindOf(set)}, which this method does not read, so choose another method or task.`);

/** Series as they are, `[indices, length]`. */
function seriesToTensor({ waves, length }: WaveSet, indices: Int32Array | readonly number[], { task }: Whose): Tensor {
  if (length === null) {
    throw new RangeError(`${task} holds waves of different lengths; this method compares waves of one length, so choose another method or task.`);
  }
  const values = new Float32Array(indices.length * length);
  indices.forEach((index, n) => values.set(waves(index), n * length));
  return tf.tensor2d(values, [indices.length, length]);
}

/**
 * The examples `indices` of a set as a network takes them, float32; the caller owns the tensor.
 *
 * - Pictures: `[indices, rows, columns, channels]` by `picturesToTensor`.
 * - Waves: `[indices, samples]` by `fitWaves`; as series, for no network: `[indices, length]`, the values as they are.
 *
 * @throws {RangeError} one sentence, where set, network and fit are not of one kind.
 */
export function examplesToTensor(
  set: ExampleSet,
  indices: Int32Array | readonly number[],
  input: ExampleInput,
  fit: Fit,
  names?: ExampleNames,
): Tensor {
  const whose = { task: names ? `The task ${names.task}` : 'The task', model: names?.model ?? 'the model' };
  if ('questions' in set) throw mismatch(set, input, whose);
  if ('as' in fit) {
    if ('images' in set) throw wrongFit(set, whose);
    return seriesToTensor(set, indices, whose);
  }
  if ('images' in set) {
    if (!('rows' in input)) throw mismatch(set, input, whose);
    if (!('size' in fit)) throw wrongFit(set, whose);
    return picturesToTensor(set, indices, input, fit);
  }
  if ('rows' in input) throw mismatch(set, input, whose);
  if (!('repeats' in fit)) throw wrongFit(set, whose);
  return tf.tensor2d(fitWaves(set, indices, input, fit, whose), [indices.length, input.samples]);
}
