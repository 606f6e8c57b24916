import type { AlignmentKind, Configuration, Dimension, Location, Operator, TaxonomyClass } from '../taxonomy/index.ts';
import type { Family } from './entry.ts';

/** One answer: the value that it stands for, in plain words, and what follows from it. */
export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: string;
  readonly means: string;
}

/** A question that a person can answer who has never met the four dimensions. */
export interface Question<V extends string = string> {
  readonly ask: string;
  /** How to decide where it isn't plain. */
  readonly help: string;
  /** Whether several answers may hold at once. */
  readonly many: boolean;
  readonly choices: readonly Choice<V>[];
}

/** The first question: whether there is a frozen model at all. */
export const frozenQuestion: Question<'yes' | 'no'> = {
  ask: 'Do the weights of the pretrained model stay as they are?',
  help: 'What is learned beside the model doesn’t count. A new last layer that replaces the model’s own does.',
  many: false,
  choices: [
    {
      value: 'yes',
      label: 'Yes, the model is frozen',
      means: 'The task is changed to suit the model. The four dimensions say how.',
    },
    {
      value: 'no',
      label: 'No, some of its weights are trained, or new ones are put inside it',
      means:
        'It is parameter-centric adaptation: a rival to compare with. It has no place in the four dimensions, so its four sets stay away.',
    },
  ],
};

/** One question a dimension, in the order in which they are asked. */
export const classQuestions: {
  readonly configuration: Question<Configuration>;
  readonly location: Question<Location>;
  readonly operator: Question<Operator>;
  readonly alignment: Question<AlignmentKind>;
} = {
  configuration: {
    ask: 'Is what you put in front of the model learned?',
    help: 'A prompt that a search optimises is learned, even if it ends as readable text. Examples that a person or a rule picks are fixed.',
    many: true,
    choices: [
      {
        value: 'learnable',
        label: 'Yes: numbers or tokens are optimised for the task',
        means: 'Something has to be trained and stored for every task; most ways need gradients through the frozen model.',
      },
      {
        value: 'fixed',
        label: 'No: a person or a rule writes or chooses it',
        means: 'Nothing is trained; the model can be reached by its interface alone.',
      },
    ],
  },
  location: {
    ask: 'Where does it enter?',
    help: 'Think of the first place that changes. Text that is written before the question enters with the raw input; vectors that no word stands for enter after the embedding.',
    many: true,
    choices: [
      {
        value: 'input',
        label: 'In the raw input: pixels, sound, text',
        means: 'No access to the inside of the model is needed to apply it.',
      },
      {
        value: 'embedding',
        label: 'Right after the embedding, among the token or feature vectors',
        means: 'The model must take vectors where it usually takes tokens or patches.',
      },
      {
        value: 'hidden',
        label: 'Inside: in the state, or the keys and values, of later blocks',
        means: 'Every block that is touched must be reachable; what is stored grows with the depth.',
      },
    ],
  },
  operator: {
    ask: 'How does it combine with what is there?',
    help: 'Does the data keep its place and get something on top, does it get neighbours, or is it itself changed by a map?',
    many: true,
    choices: [
      {
        value: 'additive',
        label: 'It is laid over: added to values, drawn on top',
        means: 'Shapes stay the same, so nothing grows; the data itself is altered.',
      },
      {
        value: 'concatenative',
        label: 'It is put beside: more tokens, examples, words, a border',
        means: 'The data stays as it was; the input grows, and with it the cost of every call.',
      },
      {
        value: 'parametric',
        label: 'The data goes through a map: a small network, a projection, a mask',
        means: 'What the model sees depends on the data; the map is one more thing to design.',
      },
    ],
  },
  alignment: {
    ask: 'How does the output of the model become the answer?',
    help: 'Structural: the rule could be written before any data of the task was seen. Statistical: it is counted from data. Linear: it is optimised.',
    many: true,
    choices: [
      {
        value: 'identity',
        label: 'It is the answer as it stands',
        means: 'The model already speaks the language of the task.',
      },
      {
        value: 'structural',
        label: 'A fixed rule reads it: a verbalizer, a parser, a preset assignment of classes',
        means: 'Nothing is fitted; a poor rule can’t be mended by data.',
      },
      {
        value: 'statistical',
        label: 'A map that is counted from data: frequencies, votes, means',
        means: 'Labelled examples are needed, gradients aren’t.',
      },
      {
        value: 'linear',
        label: 'A learned linear map reads it',
        means: 'More numbers to train; much of what is gained may be this layer’s, so a linear probe belongs beside it.',
      },
    ],
  },
};

/** Which literature a method comes from. It isn't a dimension: the class follows from the four answers alone. */
export const familyQuestion: Question<Exclude<Family, 'PCA'>> = {
  ask: 'Which of the three lines does its paper stand in?',
  help: 'The family is a matter of history and words; the class is what the method does.',
  many: false,
  choices: [
    { value: 'MR', label: 'Model reprogramming', means: 'It speaks of programs, transformations of the input, label maps.' },
    { value: 'PT', label: 'Prompt tuning', means: 'It speaks of learned prompts, soft tokens, prefixes.' },
    { value: 'PI', label: 'Prompt instruction', means: 'It speaks of instructions, demonstrations, templates, reasoning in steps.' },
  ],
};

/** The family that is usual for a class, by the survey authors' table of common practice. */
export function usualFamily(of: TaxonomyClass): Exclude<Family, 'PCA'> {
  if (!of.configuration.includes('learnable')) return 'PI';
  return of.location.every((where) => where === 'input') ? 'MR' : 'PT';
}

/** The dimensions in the order in which they are asked. */
export const askedDimensions: readonly Dimension[] = ['configuration', 'location', 'operator', 'alignment'];
