import { waveInput } from '../models/index.ts';
import type { FrozenModel, WaveInput } from '../models/index.ts';
import { assignmentMap, countOption, firstMap, randomMap, reprogram, uniformWithin, wordOption } from '../reprogramming/index.ts';
import type { Adapted, Alignment, Composition, Manipulation, Method, Options } from '../reprogramming/index.ts';
import { countNumbers, tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';

const variants = ['paper', 'code'] as const;

/** The program starts as the code starts it, Glorot uniform over a column of 16,000: within √(6/16,001). */
const bound = (samples: number): number => Math.sqrt(6 / (samples + 1));

/**
 * W `[samples]`, added to the wave after its first `spared` samples, on which the copies of the series lie; 0 of them spared
 * is the whole wave.
 */
function program({ samples }: WaveInput, spared: number): Manipulation {
  const mask = Float32Array.from({ length: samples }, (_, at) => (at < spared ? 0 : 1));
  return {
    site: { location: 'input', enters: 'raw' },
    parameters: { program: { ...uniformWithin([samples], bound(samples)), active: samples - spared } },
    action: {
      operator: 'additive',
      addend: (λ) => {
        if (!λ['program']) throw new Error('Voice2Series was applied without its parameter "program".');
        return spared === 0 ? λ['program'] : tf.mul(λ['program'], tf.tensor1d(mask));
      },
    },
  };
}

/** Every target gets as many source classes as there are for all; its probability is the mean of theirs. */
function manyToOne(sources: number, targets: number, drawn: 'at random' | 'in order'): Alignment {
  const perTarget = Math.floor(sources / targets);
  if (perTarget < 1) {
    throw new RangeError(`Voice2Series gives every class words of its own; the task has ${targets} classes and the model knows ${sources}.`);
  }
  return {
    kind: 'structural',
    reads: 'probabilities',
    rule: (generator) =>
      assignmentMap(drawn === 'in order' ? firstMap(sources, targets, perTarget) : randomMap(sources, targets, generator, perTarget), sources),
  };
}

/** How many samples the copies of the series take. */
function samplesTaken(options: Options, { samples }: WaveInput, seriesLength: number | undefined): number {
  if (seriesLength === undefined) throw new RangeError('Voice2Series lays series of one length on a wave; choose a task of time series.');
  const repeats = countOption(options, 'repeats');
  const taken = repeats * seriesLength;
  if (taken <= samples) return taken;
  throw new RangeError(
    `Option "repeats" is ${repeats}; a wave of ${samples} samples has room for ${Math.floor(samples / seriesLength)} copies of a series of ${seriesLength}.`,
  );
}

const prefix = 'model.';

/** As `reprogram`, with copies of all the model's weights trained beside the program: no class, since nothing stays frozen. */
function withTrainedWeights(model: FrozenModel, composition: Composition, targets: number): Adapted {
  const adapted = reprogram(model, composition, targets);
  const trained = (params: Params): Params =>
    Object.fromEntries(
      Object.entries(params).flatMap(([name, tensor]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [])),
    );
  return {
    ...adapted,
    taxonomy: null,
    trainable: adapted.trainable + countNumbers(model.weights),
    initialise: (generator) => ({
      ...adapted.initialise(generator),
      ...Object.fromEntries(Object.entries(model.weights).map(([name, tensor]) => [prefix + name, tensor.clone()])),
    }),
    outputs: (params, x) => reprogram({ ...model, weights: trained(params) }, composition, targets).outputs(params, x),
  };
}

/**
 * Voice2Series (Yang, Tsai, Chen 2021, arXiv 2106.09296; huckiyang/Voice2Series-Reprogramming): copies of a time series back to
 * back in a second of sound, a learned wave beside them, and the mean probability of several spoken words for every class.
 * - `paper`: the program keeps clear of the series, the words are drawn at random, the network is frozen.
 * - `code`: the program covers the whole wave, the words are given out in order, the network's weights are trained too.
 */
export const voice2series: Method = {
  id: 'voice2series',
  name: 'Voice2Series',
  family: 'MR',
  paper: 'yang2021voice2series',
  follows: 'paper',
  file: 'src/methods/voice2series.ts',
  options: { variant: 'paper', repeats: 10 },
  recipe: {
    optimiser: { name: 'adamW', weightDecay: 0.04 },
    schedule: { name: 'cosine' },
    learningRates: [0.003, 0.01, 0.03],
    initial: 'program uniform within √(6/(samples + 1)); under variant code also the model’s own weights',
  },
  trainable: 'paper: w − u·l; code: w + all weights',
  tricks: [],
  adapt: ({ model, targets, options, seriesLength }) => {
    const input = waveInput(model, 'Voice2Series');
    const taken = samplesTaken(options, input, seriesLength);
    const fit = { repeats: countOption(options, 'repeats') };
    const { outputs } = model.architecture;
    if (wordOption(options, 'variant', variants) === 'paper') {
      return reprogram(model, { fit, manipulations: [program(input, taken)], alignment: manyToOne(outputs, targets, 'at random') }, targets);
    }
    return withTrainedWeights(
      model,
      { fit, manipulations: [program(input, 0)], alignment: manyToOne(outputs, targets, 'in order') },
      targets,
    );
  },
};
