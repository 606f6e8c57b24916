import type { OpenedAsset } from '../assets/index.ts';
import type { Params } from '../tensor/index.ts';
import { doodlenet } from './doodlenet.ts';
import { kwt1, kwt1Options } from './kwt.ts';
import { readDoodlenet } from './read-doodlenet.ts';
import { readKwt } from './read-kwt.ts';
import { readResnetCifar } from './read-resnet-cifar.ts';
import { readVit } from './read-vit.ts';
import { resnetCifar } from './resnet-cifar.ts';
import type { Architecture } from './types.ts';
import { worldVit, worldVitOptions } from './world-vit.ts';

/** A model that can be had: which asset holds its weights and how they are read. */
export interface ModelRow {
  readonly id: string;
  readonly title: string;
  readonly asset: string;
  readonly architecture: Architecture;
  readonly read: (asset: OpenedAsset) => Params;
  readonly classes: (asset: OpenedAsset) => readonly string[];
  readonly homeMade: boolean;
  /**
   * The task of the catalogue that holds what the model was trained for, with classes in the order of its outputs. Home-made
   * weights name none: they were measured when they were made.
   */
  readonly ownTask?: string;
}

const cifarClasses = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'] as const;
/** The outputs of a keyword net for ten words (ARM-software/keyword-transformer, 12 labels). */
const keywordClasses = ['_silence_', '_unknown_', 'yes', 'no', 'up', 'down', 'left', 'right', 'on', 'off', 'stop', 'go'] as const;

function classLines(asset: OpenedAsset): readonly string[] {
  const text = asset.text.get('classes');
  if (text === undefined) throw new Error(`The asset ${asset.id} holds no list of classes.`);
  return text.split('\n').filter((line) => line.length > 0);
}

export const modelRows: readonly ModelRow[] = [
  {
    id: 'doodlenet',
    title: 'DoodleNet',
    asset: 'doodlenet',
    architecture: doodlenet,
    read: (asset) => readDoodlenet(asset.tensors),
    classes: classLines,
    homeMade: false,
  },
  ...[20, 32, 44, 56].map((depth) => ({
    id: `resnet${depth}-cifar10`,
    title: `ResNet-${depth} (CIFAR-10)`,
    asset: `resnet${depth}-cifar10`,
    architecture: resnetCifar(depth),
    read: (asset: OpenedAsset) => readResnetCifar(asset.tensors),
    classes: () => cifarClasses,
    homeMade: false,
    ownTask: 'cifar10',
  })),
  {
    id: 'world-vit',
    title: 'World ViT',
    asset: 'world-vit',
    architecture: worldVit,
    read: (asset) => readVit(asset.tensors, worldVitOptions),
    classes: classLines,
    homeMade: true,
  },
  {
    id: 'kwt1',
    title: 'KWT-1',
    asset: 'kwt1',
    architecture: kwt1,
    read: (asset) => readKwt(asset.tensors, kwt1Options),
    classes: () => keywordClasses,
    homeMade: false,
  },
];
