import { z } from 'zod';
import { cosineTransform, hannWindow, logMel, melFilters, melSpectrogram, powerSpectrogram } from '../../models/index.ts';
import type { MelOptions } from '../../models/index.ts';
import { entry, tf, valueAndGradients } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { compare, compareTensor, shapeOf } from '../compare.ts';
import { storedTensor } from '../stored-params.ts';
import type { Check, Runner } from '../types.ts';

const schema = z.object({
  sampleRate: z.number(),
  nFft: z.number(),
  hop: z.number(),
  mels: z.number(),
  fmin: z.number(),
  fmax: z.number(),
  melScale: z.enum(['htk', 'slaney']),
  melNorm: z.literal('slaney').nullable(),
  center: z.boolean(),
  padMode: z.literal('reflect').nullable(),
  mfcc: z.number(),
  floor: z.number(),
  power: z.literal(2),
});

/** librosa's `power_to_db` with its defaults: 10·log₁₀ of at least 1e-10, at most 80 below the loudest. */
function decibels(mel: Tensor): Tensor {
  const level = tf.mul(tf.log(tf.maximum(mel, 1e-10)), 10 / Math.LN10);
  return tf.maximum(level, tf.sub(tf.max(level), 80));
}

/** Log-mel spectrogram and MFCC of a wave, and the gradient of a weighted sum with respect to the wave. */
export const runner: Runner = async (oracle) => {
  const method = z.object({ method: schema }).parse(oracle.json).method;
  const options: MelOptions = {
    sampleRate: method.sampleRate,
    frame: method.nFft,
    hop: method.hop,
    mels: method.mels,
    lowest: method.fmin,
    highest: method.fmax,
    scale: method.melScale,
    norm: method.melNorm,
    centred: method.center,
  };
  const wave = storedTensor(oracle, 'input.wave');
  const weight = storedTensor(oracle, 'input.weight');
  const [, shown = 0] = shapeOf(oracle, 'expect.power_first_frames');
  /** Ours is [frame, row]; theirs [row, frame]. */
  const turned = (make: () => Tensor): Tensor => tf.tidy(() => tf.transpose(tf.squeeze(make(), [0])));
  const batch = (): Tensor => tf.expandDims(wave, 0);
  const mel = (): Tensor => melSpectrogram(batch(), options);
  const logged = (waves: Tensor): Tensor => logMel(melSpectrogram(waves, options), method.floor);
  const loss = (params: Params): Tensor =>
    tf.sum(tf.mul(weight, tf.transpose(tf.squeeze(logged(tf.expandDims(entry(params, 'wave'), 0)), [0]))));
  const { value, gradients } = valueAndGradients(loss, { wave });
  const checks: readonly Check[] = [
    compare(oracle, 'expect.window', hannWindow(options.frame)),
    compare(oracle, 'expect.mel_basis', melFilters(options)),
    compareTensor(oracle, 'expect.power_first_frames', turned(() => tf.slice(powerSpectrogram(batch(), options), [0, 0, 0], [1, shown, -1]))),
    compareTensor(oracle, 'expect.mel', turned(mel)),
    compareTensor(oracle, 'expect.logmel', turned(() => logged(batch()))),
    compareTensor(oracle, 'expect.decibel', turned(() => decibels(mel()))),
    compareTensor(
      oracle,
      'expect.mfcc',
      tf.tidy(() => {
        const transform = tf.tensor2d(Float32Array.from(cosineTransform(method.mfcc, options.mels)), [method.mfcc, options.mels]);
        return tf.matMul(transform, tf.squeeze(logged(batch()), [0]), false, true);
      }),
    ),
    compareTensor(oracle, 'expect.loss', value),
    compareTensor(oracle, 'expect.grad.wave', entry(gradients, 'wave')),
  ];
  tf.dispose([wave, weight]);
  return checks;
};
