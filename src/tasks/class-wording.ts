import { colourWording } from './class-wordings/colour-wording.ts';
import { shapeWording } from './class-wordings/shape-wording.ts';
import { texturedShapeWording } from './class-wordings/textured-shape-wording.ts';
import { worldTasks } from './world/tasks.ts';

/** What classes are called in texts, for models that compare pictures with texts. */
export interface ClassWording {
  /** What each class is called, in the order of the labels. */
  readonly names: readonly string[];
  /** Texts around a name, the plainest useful first; `{}` is where the name goes. */
  readonly templates: readonly string[];
  /** Other names of each class; empty where it has none. */
  readonly synonyms: readonly (readonly string[])[];
  /** Whole sentences that say what each class looks like, written by hand, at least six each. */
  readonly descriptions: readonly (readonly string[])[];
  /** Whole sentences that say what tells each class from the others, at least six each. */
  readonly distinctions: readonly (readonly string[])[];
}

/** Which tasks of the generated world ask for what. The pair knows the words of captions alone, and so do all these texts. */
const ofWorldPair: Readonly<Record<string, (classes: readonly string[]) => ClassWording>> = {
  'world-shapes': texturedShapeWording,
  'world-outlines': shapeWording,
  'world-tinted': shapeWording,
  'world-inverted': shapeWording,
  'world-tinted-unseen': shapeWording,
  'world-pastel': colourWording,
  'world-pastel-unseen': colourWording,
};

/** What the classes of a task are called for a model; `undefined` where nobody has written it. */
export function classWording(modelId: string, taskId: string): ClassWording | undefined {
  const task = modelId === 'world-pair' ? worldTasks.find(({ id }) => id === taskId) : undefined;
  return task && ofWorldPair[taskId]?.(task.classes);
}
