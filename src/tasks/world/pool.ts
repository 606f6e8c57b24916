import { createGenerator } from '../../random/index.ts';
import { channels, drawScene, side } from './draw-scene.ts';
import type { WorldTask } from './tasks.ts';

/** Names the pictures: raised whenever a drawing of any task changes, because every picture is made from it. */
export const worldVersion = 'world/1';

export const pictureShape = [side, side, channels] as const;

export type Part = 'train' | 'test';

/** The class of picture `index`: the classes of a part take turns, so that any run of pictures is balanced. */
export const worldLabel = ({ classes, trainedClasses = classes.length }: WorldTask, part: Part, index: number): number =>
  index % (part === 'train' ? trainedClasses : classes.length);

/** Picture `index` of a part of a task, 3,072 bytes: a function of version, task, part and index alone. */
export function worldPicture(task: WorldTask, part: Part, index: number): Uint8Array {
  const generator = createGenerator(worldVersion).split(task.id).split(part).split(index);
  const picture = drawScene(task.draw(worldLabel(task, part, index), generator), generator);
  return task.develop ? task.develop(picture, generator) : picture;
}
