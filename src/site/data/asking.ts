import { z } from 'zod';
import type { DoneRecord, RunSpec } from '../../results/index.ts';
import type { Location } from '../../taxonomy/index.ts';

const asking = z.looseObject({
  /** Counted from 0, or `balanced`: the seeds take wordings and orders in turn. */
  wording: z.union([z.number(), z.string()]),
  instruction: z.boolean().default(false),
  steps: z.boolean().default(false),
  parts: z.boolean().default(false),
  shots: z.number().default(0),
  choice: z.string().optional(),
  redrawn: z.number().default(0),
});

/** How a language model is asked in the runs of a spec. */
export type Asking = z.infer<typeof asking>;

const isAlignment = (name: string): boolean => name.startsWith('alignment.');

const classTexts = z.object({
  /** The plainest text of a class; `{}` is where its name goes. */
  texts: z.string(),
  /** Digest of all that classes are called. */
  wording: z.string(),
});

/** What classes are called in the runs of a spec; `null` where no model compares pictures with texts. */
export function classTextsOf(spec: RunSpec): z.infer<typeof classTexts> | null {
  return spec.asking?.['texts'] === undefined ? null : classTexts.parse(spec.asking);
}

/** How a spec asks; `null` where its model isn't asked in words, as a pair isn't: classes have texts there. */
export function askingOf(spec: RunSpec): Asking | null {
  return spec.asking === undefined || classTextsOf(spec) ? null : asking.parse(spec.asking);
}

/** Something that a method adds, where it enters the model. */
export interface Addition {
  readonly location: Location;
  readonly what: string;
  /** Words that the wording of the task gives, or something that was learned or searched for. */
  readonly kind: 'words' | 'learned';
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

const ofOption = (spec: RunSpec, name: string): number | undefined => {
  const value = spec.method.options[name];
  return typeof value === 'number' ? value : undefined;
};

/** `8 learned vectors`, or `learned vectors` where no option says how many. */
const some = (spec: RunSpec, kind: string, what: string): string => {
  const count = ofOption(spec, 'tokens');
  return count === undefined ? `${kind} ${what}s` : counted(count, `${kind} ${what}`);
};

/** How demonstrations are told of: `4 answered questions, the most similar ones`. */
export function demonstrationsInWords({ shots, choice, redrawn }: Asking): string {
  return [
    counted(shots, 'answered question'),
    ...(choice === 'similar' ? ['the most similar ones'] : []),
    ...(redrawn > 0 ? [`${Math.round(redrawn * 100)} % of the answers drawn again at random`] : []),
  ].join(', ');
}

function wordsOf(spec: RunSpec): readonly string[] {
  const asked = askingOf(spec);
  if (!asked) return [];
  return [
    ...(asked.instruction ? ['the instruction'] : []),
    ...(asked.shots > 0 ? [demonstrationsInWords(asked)] : []),
    ...(asked.steps ? ['the question, asked so that steps come first'] : []),
    ...(asked.parts ? ['the question in easier parts, one after the other'] : []),
  ];
}

/** What a run adds to its language model, and where it enters: words, tokens, vectors, keys and values, trained weights. */
export function additionsOf({ spec, params }: Pick<DoneRecord, 'spec' | 'params'>): readonly Addition[] {
  const { taxonomy } = spec;
  const learns = (location: Location): boolean => taxonomy !== null && taxonomy.location.includes(location) && taxonomy.configuration.includes('learnable');
  const network = ', made by a small network';
  const within = ofOption(spec, 'dimension');
  const isRemade = taxonomy?.operator.includes('parametric') === true;
  const trainsWeights = taxonomy === null && params.names.some((name) => !isAlignment(name));
  const learned = (location: Location, is: boolean, what: string): readonly Addition[] => (is ? [{ location, what, kind: 'learned' }] : []);
  return [
    ...learned('input', learns('input'), `${some(spec, 'searched', 'token')} in front`),
    ...wordsOf(spec).map((what): Addition => ({ location: 'input', what, kind: 'words' })),
    ...learned(
      'embedding',
      learns('embedding'),
      `${some(spec, within === undefined ? 'learned' : 'fixed', 'vector')} in front${isRemade ? network : ''}${within === undefined ? '' : `, moved by ${counted(within, 'searched number')}`}`,
    ),
    ...learned('hidden', learns('hidden'), `${some(spec, 'learned', 'key')} and values in every block${(ofOption(spec, 'network') ?? 0) > 0 ? network : ''}`),
    ...learned('hidden', trainsWeights, `${counted(params.trainable, 'number')} trained in or beside its weights`),
  ];
}

const writes = 'no answer read';

const withoutModel = 'from the training examples alone, without the model';

/** Whether a run asked its model at all; baselines may not. */
export const asksModel = (record: Pick<DoneRecord, 'spec' | 'params' | 'result'>): boolean => readingInWords(record) !== withoutModel;

/** How the answer is read off the model, in words. */
export function readingInWords({ spec, params, result }: Pick<DoneRecord, 'spec' | 'params' | 'result'>): string {
  const { labelMap } = spec;
  if (labelMap !== null) {
    const { rule, ties, ...settings } = labelMap;
    const said = Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`);
    return [rule, ...said, `of equals the ${ties}`].join('; ');
  }
  if (result.metrics.some(({ name }) => name === writes)) return 'what the model writes, up to the end of the answer';
  if (params.names.some(isAlignment) || spec.taxonomy?.alignment.includes('linear')) return 'a learned linear map on the features of the last token';
  return withoutModel;
}

/** The orders in which demonstrations stand, by the number that a record has. */
const orders = ['as drawn', 'reversed', 'the second half first'];
export const orderInWords = (order: number): string => orders[order] ?? `order ${order}`;

/** What a name of a measure means where it isn't plain. */
const meanings: Readonly<Record<string, string>> = {
  'accuracy, lenient reader': 'an answer is read even where its end, or the word before it, is missing',
  'accuracy, scores by length': 'the log-probability of a class’s words divided by their letters',
  'harmonic mean': 'of the two shares below: it is high only where both are',
  'trained classes': 'pictures of classes that were trained on, answered among those',
  'unseen classes': 'pictures of classes without training pictures, answered among those by their names',
  [writes]: 'the strict reader found no answer, which counts as wrong',
};

/** What a measure means, among the others of its run. */
export function meaningOf(metric: string, others: readonly string[]): string | undefined {
  if (metric === 'accuracy' && others.includes('accuracy, lenient reader')) return 'the strict reader: an answer counts only with its end';
  if (metric === 'accuracy' && others.includes('harmonic mean')) return 'of all test pictures, each answered among the classes of its own half';
  return meanings[metric];
}
