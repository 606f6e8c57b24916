import { z } from 'zod';
import { fromHuggingFaceVit, vit } from '../models/index.ts';
import type { Architecture, FrozenModel, LastBlock, VitOptions } from '../models/index.ts';
import type { Adapted } from '../reprogramming/index.ts';
import { digestParams, disposeParams, entry, softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { checkFrozen } from './check-frozen.ts';
import { checkTraining } from './check-training.ts';
import { compareTensor, valuesOf } from './compare.ts';
import { inHuggingFaceLayout } from './hugging-face-layout.ts';
import { storedParams, storedPictures, storedTensor } from './stored-params.ts';
import type { Check, OracleCase } from './types.ts';

const schema = z.looseObject({
  model: z.looseObject({
    type: z.literal('vit'),
    image_size: z.number(),
    patch_size: z.number(),
    num_channels: z.number(),
    hidden_size: z.number(),
    num_hidden_layers: z.number(),
    num_attention_heads: z.number(),
    intermediate_size: z.number(),
    hidden_act: z.literal('gelu'),
    layer_norm_eps: z.number(),
    num_labels: z.number(),
  }),
});

/** A case on a Hugging Face ViT. Pictures come normalised already. */
export interface VitCase {
  readonly model: FrozenModel;
  readonly architecture: (lastBlock: LastBlock) => Architecture;
  readonly patch: { readonly size: number; readonly channels: number };
  readonly targets: number;
  /** `[batch, rows, columns, channels]`. */
  readonly pictures: Tensor;
  readonly labels: Tensor;
}

/** The network of a case with all its weights, frozen ones and those that training starts from. */
export function vitCase(oracle: OracleCase): VitCase {
  const { model: given } = schema.parse(oracle.json);
  const channels = given.num_channels;
  const options: VitOptions = {
    input: {
      rows: given.image_size,
      columns: given.image_size,
      channels,
      mean: new Array<number>(channels).fill(0),
      std: new Array<number>(channels).fill(1),
    },
    tokeniser: { as: 'patches', size: given.patch_size },
    width: given.hidden_size,
    depth: given.num_hidden_layers,
    heads: given.num_attention_heads,
    mlpWidth: given.intermediate_size,
    layerNormEps: given.layer_norm_eps,
    outputs: given.num_labels,
  };
  const architecture = (lastBlock: LastBlock): Architecture => vit({ ...options, lastBlock });
  const theirs = storedParams(oracle, 'frozen.', 'init.');
  const weights = fromHuggingFaceVit(theirs, options.depth);
  disposeParams(theirs);
  const model: FrozenModel = {
    id: oracle.id,
    architecture: architecture('class-token'),
    weights,
    digest: digestParams(weights),
    classes: Array.from({ length: options.outputs }, (_, index) => String(index)),
    homeMade: false,
  };
  return {
    model,
    architecture,
    patch: { size: given.patch_size, channels },
    targets: options.outputs,
    pictures: storedPictures(oracle, 'input.pixel_values'),
    labels: tf.tensor1d(valuesOf(oracle, 'input.labels'), 'int32'),
  };
}

/** Which parameters of the engine a case trains, and where its stored ones stand among them. */
export interface VitTraining {
  readonly adapted: Adapted;
  /** The engine's parameters at the stored start. */
  readonly initial: Params;
  readonly stored: (tree: Params, name: string) => Tensor;
}

/** Logits at the start and the training of an adapted ViT; afterwards the frozen weights must have kept their bits. */
export async function checkVitTraining(
  oracle: OracleCase,
  at: VitCase,
  training: VitTraining,
): Promise<readonly Check[]> {
  const { adapted, initial, stored } = training;
  const logits = (params: Params, x: Tensor): Tensor => adapted.align(params, adapted.outputs(params, x), null);
  const checks = [
    compareTensor(oracle, 'expect.logits', logits(initial, at.pictures)),
    ...(await checkTraining(oracle, {
      initial,
      loss: (params, indices) => {
        const picked = tf.tensor1d(indices, 'int32');
        return softmaxCrossEntropy(logits(params, tf.gather(at.pictures, picked)), tf.gather(at.labels, picked));
      },
      stored,
    })),
    checkFrozen(at.model),
  ];
  disposeParams(initial);
  disposeVitCase(at);
  return checks;
}

/** Frees what {@link vitCase} made. */
export function disposeVitCase({ model, pictures, labels }: VitCase): void {
  disposeParams(model.weights);
  tf.dispose([pictures, labels]);
}

/** The stored classifier as the engine's linear alignment. */
export function storedHead(oracle: OracleCase): Params {
  return {
    'alignment.weight': tf.tidy(() => tf.transpose(storedTensor(oracle, 'init.classifier.weight'))),
    'alignment.bias': storedTensor(oracle, 'init.classifier.bias'),
  };
}

/** A stored parameter in a tree of the engine: the classifier, or a weight of the network under `model.`. */
export function storedVitParameter(tree: Params, name: string, patch: VitCase['patch']): Tensor {
  if (name === 'classifier.weight') return tf.transpose(entry(tree, 'alignment.weight'));
  if (name === 'classifier.bias') return entry(tree, 'alignment.bias');
  return inHuggingFaceLayout(tree, name, patch, 'model.');
}

/** Copies of all weights before the classifier, under `model.`; the caller owns them. */
export function withoutHead({ model }: VitCase): Params {
  const { architecture, weights } = model;
  return Object.fromEntries(
    Object.entries(weights).flatMap(([name, tensor]) =>
      architecture.classifierWeights.includes(name) ? [] : [[`model.${name}`, tensor.clone()]],
    ),
  );
}
