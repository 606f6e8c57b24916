import { z } from 'zod';
import { pictureInput } from '../models/index.ts';
import type { FrozenModel, PictureInput } from '../models/index.ts';
import { assignmentMap, labelMapTensor, reprogram } from '../reprogramming/index.ts';
import type { Adapted, Alignment, LabelMap, Manipulation } from '../reprogramming/index.ts';
import { disposeParams, entry, softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { checkFrozen } from './check-frozen.ts';
import { checkTraining } from './check-training.ts';
import { compareTensor, largestError, shapeOf, valuesOf } from './compare.ts';
import { normalise, smallResnet } from './small-resnet.ts';
import { storedParams, storedPictures, storedTensor } from './stored-params.ts';
import type { Check, OracleCase } from './types.ts';

const methodSchema = z.looseObject({
  alignment: z.enum(['index', 'mean', 'matrix', 'linear', 'first']),
  targetClasses: z.number(),
  imageSize: z.number(),
  canvas: z.number(),
  padFirst: z.number().optional(),
  padLast: z.number().optional(),
  mean: z.array(z.number()).optional(),
  std: z.array(z.number()).optional(),
  bound: z.enum(['none', 'sigmoid', 'tanh']).default('none'),
  /** What the bounded program is multiplied with. */
  epsilon: z.number().default(1),
  /** Weight of ‖W‖² in the loss. */
  lambda: z.number().default(0),
});

/** How a case of visual reprogramming is set up. */
export type PixelProgramMethod = z.infer<typeof methodSchema>;

/** What a kind of visual reprogramming adds to the common frame. */
export interface PixelProgramKind {
  /** Pictures `[batch, imageSize, imageSize, channels]` brought to the canvas. */
  readonly fit: (pictures: Tensor, method: PixelProgramMethod) => Tensor;
  /** The one manipulation at the input. */
  readonly manipulation: (input: PictureInput, method: PixelProgramMethod) => Manipulation;
  /** The manipulation's parameters, by their stored names. */
  readonly parameters: Readonly<Record<string, StoredAs>>;
}

/** A parameter of the manipulation: its name there, and whether its stored layout puts the channels first. */
export interface StoredAs {
  readonly name: string;
  readonly channelsFirst: boolean;
}

const heads: Readonly<Record<string, string>> = { 'head.weight': 'alignment.weight', 'head.bias': 'alignment.bias' };

/** The alignment of a case, with its label map where it has one. */
function alignmentOf(
  oracle: OracleCase,
  method: PixelProgramMethod,
  sources: number,
): { alignment: Alignment; map: LabelMap | null } {
  if (method.alignment === 'first') return { alignment: { kind: 'identity' }, map: null };
  if (method.alignment === 'linear') {
    return { alignment: { kind: 'linear', reads: 'outputs', start: 'zero' }, map: null };
  }
  const map = method.alignment === 'matrix' ? storedOmega(oracle) : storedMap(oracle, sources);
  return { alignment: { kind: 'structural', reads: 'logits', rule: () => map }, map };
}

function storedOmega(oracle: OracleCase): LabelMap {
  const [sources = 0, targets = 0] = shapeOf(oracle, 'input.omega');
  return { sources, targets, weights: Float32Array.from(valuesOf(oracle, 'input.omega')) };
}

function storedMap(oracle: OracleCase, sources: number): LabelMap {
  const [, perTarget = 1] = shapeOf(oracle, 'input.map');
  return assignmentMap({ perTarget, assigned: Int32Array.from(valuesOf(oracle, 'input.map')) }, sources);
}

/** A pixel program before the frozen small ResNet: the programmed pictures, the logits, the loss and the training. */
export async function checkPixelProgram(oracle: OracleCase, kind: PixelProgramKind): Promise<readonly Check[]> {
  const method = methodSchema.parse(oracle.json['method']);
  const channels = shapeOf(oracle, 'input.images')[1] ?? 0;
  const input: PictureInput = {
    rows: method.canvas,
    columns: method.canvas,
    channels,
    mean: method.mean ?? new Array<number>(channels).fill(0),
    std: method.std ?? new Array<number>(channels).fill(1),
  };
  const model = smallResnet(oracle, input);
  const manipulation = scaled(kind.manipulation(input, method), method.epsilon);
  const { alignment, map } = alignmentOf(oracle, method, model.architecture.outputs);
  const fit = { size: method.imageSize };
  const targets = method.alignment === 'first' ? model.architecture.outputs : method.targetClasses;
  const adapted = reprogram(model, { fit, manipulations: [manipulation], alignment }, targets);
  const pictures = tf.tidy(() => kind.fit(storedPictures(oracle, 'input.images'), method));
  const labels = tf.tensor1d(valuesOf(oracle, 'input.labels'), 'int32');
  const labelMap = map && labelMapTensor(map);
  const initial = initialParameters(oracle, kind);

  const checks = [
    compareTensor(oracle, 'expect.prompted', programmed(model, manipulation, initial, pictures)),
    compareTensor(oracle, 'expect.source_logits', sourceLogits(model, manipulation, initial, pictures)),
    compareTensor(oracle, 'expect.target_logits', targetLogits(adapted, initial, pictures, labelMap)),
    ...(await checkTraining(oracle, {
      initial,
      loss: (params, indices) => {
        const picked = tf.tensor1d(indices, 'int32');
        const logits = targetLogits(adapted, params, tf.gather(pictures, picked), labelMap);
        const loss = softmaxCrossEntropy(logits, tf.gather(labels, picked));
        return method.lambda === 0 ? loss : tf.add(loss, tf.mul(method.lambda, penalty(params, kind)));
      },
      stored: (tree, name) => inStoredLayout(tree, name, kind),
    })),
    checkFrozen(model),
  ];
  disposeParams(model.weights);
  disposeParams(initial);
  tf.dispose([pictures, labels]);
  labelMap?.dispose();
  return checks;
}

/** The same manipulation, its addend times ε. */
function scaled(manipulation: Manipulation, epsilon: number): Manipulation {
  const { action } = manipulation;
  if (epsilon === 1 || action.operator !== 'additive') return manipulation;
  return {
    ...manipulation,
    action: { operator: 'additive', addend: (λ, state) => tf.mul(epsilon, action.addend(λ, state)) },
  };
}

const ours = (name: string): string => `manipulation.0.${name}`;

function targetLogits(adapted: Adapted, params: Params, x: Tensor, labelMap: Tensor | null): Tensor {
  return adapted.align(params, adapted.outputs(params, x), labelMap);
}

/** The outputs of the frozen net under the program, whatever reads them. */
function sourceLogits(model: FrozenModel, manipulation: Manipulation, params: Params, x: Tensor): Tensor {
  const { outputs } = model.architecture;
  const composition = { fit: { size: 0 }, manipulations: [manipulation], alignment: { kind: 'identity' } as const };
  return reprogram(model, composition, outputs).outputs(params, x);
}

/** What reaches the first convolution, channels first: a net that only normalises stands in for the frozen one. */
function programmed(model: FrozenModel, manipulation: Manipulation, params: Params, x: Tensor): Tensor {
  const input = pictureInput(model, 'A pixel program');
  const seen: FrozenModel = {
    ...model,
    architecture: {
      ...model.architecture,
      embed: (_, picture) => normalise(picture, input),
      blocks: [],
      features: (_, state) => tf.transpose(state, [0, 3, 1, 2]),
      classify: (_, features) => features,
    },
  };
  return sourceLogits(seen, manipulation, params, x);
}

function initialParameters(oracle: OracleCase, { parameters }: PixelProgramKind): Params {
  const start = storedParams(oracle, 'init.');
  const initial = tf.tidy(() =>
    Object.fromEntries(
      Object.entries(start).map(([name, tensor]): [string, Tensor] => {
        const parameter = parameters[name];
        if (parameter) {
          return [ours(parameter.name), parameter.channelsFirst ? tf.transpose(tensor, [1, 2, 0]) : tensor.clone()];
        }
        const head = heads[name];
        if (head === undefined) throw new Error(`Nothing here stands for the stored parameter '${name}'.`);
        return [head, tensor.rank === 2 ? tf.transpose(tensor) : tensor.clone()];
      }),
    ),
  );
  disposeParams(start);
  return initial;
}

function inStoredLayout(tree: Params, name: string, { parameters }: PixelProgramKind): Tensor {
  const parameter = parameters[name];
  if (parameter) {
    const tensor = entry(tree, ours(parameter.name));
    return parameter.channelsFirst ? tf.transpose(tensor, [2, 0, 1]) : tensor;
  }
  const tensor = entry(tree, heads[name] ?? name);
  return tensor.rank === 2 ? tf.transpose(tensor) : tensor;
}

/** ‖W‖² over the whole program, masked parts too. */
function penalty(params: Params, { parameters }: PixelProgramKind): Tensor {
  return tf.addN(Object.values(parameters).map(({ name }) => tf.sum(tf.square(entry(params, ours(name))))));
}

/** Zeros around a picture as the case says; an odd difference puts the extra pixel at the top and on the left. */
export function padToCanvas(pictures: Tensor, { imageSize, canvas, padFirst, padLast }: PixelProgramMethod): Tensor {
  const first = padFirst ?? Math.ceil((canvas - imageSize) / 2);
  const last = padLast ?? canvas - imageSize - first;
  return tf.pad(pictures, [[0, 0], [first, last], [first, last], [0, 0]]);
}

/** The stored mask of a case and the engine's own must be the same. */
export function checkMask(oracle: OracleCase, mask: Float32Array, channels: number): Check {
  const stored = storedTensor(oracle, 'input.mask');
  const [planes = 1] = stored.shape;
  const wide = tf.tidy(() => tf.transpose(planes === channels ? stored : tf.tile(stored, [channels, 1, 1]), [1, 2, 0]));
  const expected = wide.dataSync();
  tf.dispose([stored, wide]);
  return { tensor: 'input.mask', error: largestError(mask, expected), tolerance: 0 };
}
