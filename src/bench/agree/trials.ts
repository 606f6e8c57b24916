import { approaches } from '../approaches.ts';
import { adaptForCard } from '../adapt-for-card.ts';
import type { Method } from '../../reprogramming/index.ts';

/** What kind of model a method is tried on: one that sees or hears, one that reads text, one that compares pictures with texts. */
export const roads = ['network', 'language', 'pair'] as const;
export type Road = (typeof roads)[number];

/** A model and a task. */
export interface Place {
  readonly modelId: string;
  readonly taskId: string;
}

/** A method and where it is tried: at the first place that takes it. */
export interface Trial {
  /** `vpt-deep@network`. */
  readonly id: string;
  readonly methodId: string;
  readonly road: Road;
  readonly places: readonly Place[];
}

const on = (modelId: string, ...taskIds: readonly string[]): readonly Place[] => taskIds.map((taskId) => ({ modelId, taskId }));

/** Small ones, since a back-end may compute slowly; KWT-1 for what takes nothing but sound or series. */
const known: Readonly<Record<Road, readonly Place[]>> = {
  network: [...on('world-vit', 'world-outlines'), ...on('kwt1', 'ucr-ecg200')],
  language: on('world-lm', 'letters-to-digits', 'words-reverse-upper', 'parity-8'),
  pair: on('world-pair', 'world-tinted'),
};

/** Whether a network is taken is known without its weights; of texts some is found out only by asking. */
const placesOf: Readonly<Record<Road, (method: Method) => readonly Place[]>> = {
  network: (method) => known.network.filter((place) => takes(method, place)).slice(0, 1),
  language: ({ adaptLanguage }) => (adaptLanguage ? known.language : []),
  pair: ({ adaptPair }) => (adaptPair ? known.pair : []),
};

function takes(method: Method, { modelId, taskId }: Place): boolean {
  try {
    adaptForCard(method, {}, modelId, taskId);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Every method and rival of the catalogue on every kind of model that it has a way for. Needs a back-end. */
export function everyTrial(): readonly Trial[] {
  return approaches.flatMap((method) =>
    roads.flatMap((road) => {
      const places = placesOf[road](method);
      return places.length === 0 ? [] : [{ id: `${method.id}@${road}`, methodId: method.id, road, places }];
    }),
  );
}
