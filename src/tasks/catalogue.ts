import type { AssetSource } from '../assets/index.ts';
import type { ExampleKind } from './example-set.ts';
import { languageTask } from './language-world/language-task.ts';
import { languageTasks } from './language-world/tasks.ts';
import { sentenceTasks } from './sentence-tasks.ts';
import { storedTask } from './stored-task.ts';
import type { StoredTaskRow } from './stored-task.ts';
import type { Task } from './task.ts';
import { textTask } from './text-task.ts';
import { worldTasks } from './world/tasks.ts';
import { worldTask } from './world/world-task.ts';

/** A task as the catalogue knows it before any example is read or drawn. */
export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  /** The first so many classes have training examples; absent: all. */
  readonly trainedClasses?: number;
  readonly kind: ExampleKind;
  /** How many values every series of it has; only a task of series. */
  readonly seriesLength?: number;
  /** How many examples its pools hold, where tables take them whole: then no seed draws other ones. */
  readonly pools?: { readonly train: number; readonly test: number };
  readonly generated: boolean;
  readonly licence: string;
  /** Key of the work to cite, in the project's bibliography. */
  readonly citation?: string;
  /** Whether samples may be shown, and the words that then have to stand beside them. */
  readonly samples?: string;
  readonly load: (assets: AssetSource) => Promise<Task>;
}

type StoredRow = StoredTaskRow & Pick<TaskRow, 'licence' | 'citation' | 'samples' | 'pools'>;

/** What all sets of the UCR archive have in common. */
const ucr = {
  kind: 'series',
  licence: 'free to use with citation; no formal licence',
  citation: 'dau2019ucr',
  samples: 'UCR Time Series Classification Archive by Hoang Anh Dau and others, free to use with citation',
} as const;

const stored: readonly StoredRow[] = [
  {
    id: 'mnist',
    title: 'MNIST',
    kind: 'pictures',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    licence: 'CC BY-SA 3.0',
    citation: 'lecun1998mnist',
    samples: 'MNIST by Yann LeCun, Corinna Cortes and Christopher J.C. Burges, CC BY-SA 3.0',
  },
  {
    id: 'fashion-mnist',
    title: 'Fashion-MNIST',
    kind: 'pictures',
    classes: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    licence: 'MIT',
    citation: 'xiao2017fashion',
    samples: 'Fashion-MNIST, copyright 2017 Zalando SE, MIT licence',
  },
  {
    id: 'emnist-letters',
    title: 'EMNIST Letters (balanced part)',
    kind: 'pictures',
    classes: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    licence: 'no formal licence; made from NIST Special Database 19, a work of the US government',
    citation: 'cohen2017emnist',
  },
  {
    id: 'cifar10',
    title: 'CIFAR-10 (balanced part of a JPEG copy)',
    kind: 'pictures',
    classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    licence: 'no formal licence; used for research with citation',
    citation: 'krizhevsky2009cifar',
  },
  {
    id: 'spoken-digits',
    title: 'Spoken digits',
    kind: 'sound',
    classes: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    licence: 'CC BY-SA 4.0',
    citation: 'jackson2018fsdd',
    samples: 'Free Spoken Digit Dataset by Zohar Jackson and others, CC BY-SA 4.0',
  },
  {
    ...ucr,
    id: 'ucr-ecg200',
    title: 'UCR ECG200',
    seriesLength: 96,
    pools: { train: 100, test: 100 },
    classes: ['class -1', 'class 1'],
  },
  {
    ...ucr,
    id: 'ucr-earthquakes',
    title: 'UCR Earthquakes',
    seriesLength: 512,
    pools: { train: 322, test: 139 },
    classes: ['negative', 'positive'],
  },
  {
    ...ucr,
    id: 'ucr-worms',
    title: 'UCR Worms',
    seriesLength: 900,
    pools: { train: 181, test: 77 },
    classes: ['wild-type', 'goa-1', 'unc-1', 'unc-38', 'unc-63'],
  },
];

/** All tasks, generated ones first. */
export const taskRows: readonly TaskRow[] = [
  ...worldTasks.map((row) => ({
    id: row.id,
    title: row.title,
    classes: row.classes,
    ...(row.trainedClasses === undefined ? {} : { trainedClasses: row.trainedClasses }),
    kind: 'pictures' as const,
    generated: true,
    licence: 'MIT',
    samples: 'drawn by this project',
    load: () => Promise.resolve(worldTask(row)),
  })),
  ...languageTasks.map((row) => ({
    id: row.id,
    title: row.title,
    classes: row.classes,
    kind: 'texts' as const,
    generated: true,
    licence: 'MIT',
    samples: 'drawn by this project',
    ...(row.whole ? { pools: row.whole } : {}),
    load: () => Promise.resolve(languageTask(row)),
  })),
  ...stored.map((row) => ({
    ...row,
    generated: false,
    load: async (assets: AssetSource) => storedTask(row, await assets.open(row.id)),
  })),
  ...sentenceTasks.map((row) => ({
    ...row,
    kind: 'texts' as const,
    generated: false,
    load: async (assets: AssetSource) => textTask(row, await assets.open(row.id)),
  })),
];

/** The ids of all tasks. */
export const taskIds: readonly string[] = taskRows.map(({ id }) => id);
