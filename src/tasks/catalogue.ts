import type { AssetSource } from '../assets/index.ts';
import { storedTask } from './stored-task.ts';
import type { StoredTaskRow } from './stored-task.ts';
import type { Task } from './task.ts';
import { worldTasks } from './world/tasks.ts';
import { worldTask } from './world/world-task.ts';

/** A task as the catalogue knows it before any picture is read or drawn. */
export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly generated: boolean;
  readonly licence: string;
  /** Key of the work to cite, in the project's bibliography. */
  readonly citation?: string;
  /** Whether sample pictures may be shown, and the words that then have to stand beside them. */
  readonly samples?: string;
  readonly load: (assets: AssetSource) => Promise<Task>;
}

type StoredRow = StoredTaskRow & Pick<TaskRow, 'licence' | 'citation' | 'samples'>;

const stored: readonly StoredRow[] = [
  {
    id: 'mnist',
    title: 'MNIST',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    licence: 'CC BY-SA 3.0',
    citation: 'lecun1998mnist',
    samples: 'MNIST by Yann LeCun, Corinna Cortes and Christopher J.C. Burges, CC BY-SA 3.0',
  },
  {
    id: 'fashion-mnist',
    title: 'Fashion-MNIST',
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
    classes: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    licence: 'no formal licence; made from NIST Special Database 19, a work of the US government',
    citation: 'cohen2017emnist',
  },
  {
    id: 'cifar10',
    title: 'CIFAR-10 (balanced part of a JPEG copy)',
    classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    licence: 'no formal licence; used for research with citation',
    citation: 'krizhevsky2009cifar',
  },
];

/** All tasks, generated ones first. */
export const taskRows: readonly TaskRow[] = [
  ...worldTasks.map((row) => ({
    id: row.id,
    title: row.title,
    classes: row.classes,
    generated: true,
    licence: 'MIT',
    samples: 'drawn by this project',
    load: () => Promise.resolve(worldTask(row)),
  })),
  ...stored.map((row) => ({
    ...row,
    generated: false,
    load: async (assets: AssetSource) => storedTask(row, await assets.open(row.id)),
  })),
];

/** The ids of all tasks. */
export const taskIds: readonly string[] = taskRows.map(({ id }) => id);
