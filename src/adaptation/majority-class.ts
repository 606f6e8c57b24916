import { wholeCanvas } from '../reprogramming/index.ts';
import type { Adapted, Method } from '../reprogramming/index.ts';
import { tf } from '../tensor/index.ts';
import { withoutModel } from './without-model.ts';

/** Answers the most frequent class of the training examples, whatever it is shown: what any row of a table must beat. */
export const majorityClass: Method = {
  id: 'majority-class',
  name: 'Majority class',
  family: 'PCA',
  paper: 'sklearn2013dummy',
  follows: 'paper',
  file: 'src/adaptation/majority-class.ts',
  options: {},
  recipe: null,
  trainable: '0',
  tricks: [],
  adapt: ({ model, targets, seriesLength }): Adapted => ({
    taxonomy: null,
    fit: seriesLength === undefined ? wholeCanvas(model.architecture.input) : { as: 'series' },
    alignment: { kind: 'identity' },
    targets,
    outputWidth: 1,
    outputsAreFixed: false,
    trainable: 0,
    initialise: () => ({}),
    prepare: null,
    outputs: (_, x) => tf.zeros([x.shape[0] ?? 0, 1]),
    settle: (_, __, labels) => {
      const counts = new Float32Array(targets);
      for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
      return { counts: tf.tensor1d(counts) };
    },
    align: ({ counts }, outputs) => {
      if (!counts) throw new Error('The majority class was asked for before any class was counted.');
      return tf.tidy(() => tf.tile(tf.expandDims(counts, 0), [outputs.shape[0] ?? 0, 1]));
    },
  }),
  adaptLanguage: (setting) =>
    withoutModel(setting, (_, labels, classes) => {
      const counts = new Int32Array(classes);
      for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
      const most = counts.indexOf(counts.reduce((high, count) => Math.max(high, count), 0));
      return () => most;
    }),
};
