/**
 * The survey's four dimensions of  ŷ = O_ω ∘ f ∘ I_{λ,τ,ℓ}(x, c)  and their values (arXiv 2506.04650).
 * `symbol` is the formula's letter for the dimension, `short` the abbreviation used in dense tables.
 */
export const dimensions = {
  configuration: {
    symbol: 'λ',
    question: 'What is applied: numbers that are learned, or something fixed by hand or rule?',
    values: {
      learnable: { short: 'L', meaning: 'parameters optimised during adaptation' },
      fixed: { short: 'F', meaning: 'set by hand or by rule; nothing is optimised' },
    },
  },
  location: {
    symbol: 'ℓ',
    question: 'Where does it enter the frozen network?',
    values: {
      input: { short: 'X', meaning: 'the raw input: pixels, waveform, text' },
      embedding: { short: 'E', meaning: 'the state right after the embedding: token or feature embeddings' },
      hidden: { short: 'H', meaning: 'the state, or the keys and values, entering a later block' },
    },
  },
  operator: {
    symbol: 'τ',
    question: 'How is it joined to what is there?',
    values: {
      additive: { short: 'AD', meaning: 'added to the signal' },
      concatenative: { short: 'CO', meaning: 'joined as extra elements: tokens, demonstrations, borders' },
      parametric: { short: 'PR', meaning: 'the signal passes through a transformation' },
    },
  },
  alignment: {
    symbol: 'ω',
    question: 'How does the output become an answer to the target task?',
    values: {
      identity: { short: 'ID', meaning: 'the output is the answer' },
      structural: { short: 'RA', meaning: 'a fixed rule reads it: verbalizer, parser, preset assignment' },
      statistical: { short: 'SA', meaning: 'a label map counted from data' },
      linear: { short: 'LA', meaning: 'a learned linear map' },
    },
  },
} as const;

export type Dimension = keyof typeof dimensions;
export type Configuration = keyof typeof dimensions.configuration.values;
export type Location = keyof typeof dimensions.location.values;
export type Operator = keyof typeof dimensions.operator.values;
export type AlignmentKind = keyof typeof dimensions.alignment.values;

/** A method's class: a set of values per dimension, in the dimension's own order, without repeats. */
export interface TaxonomyClass {
  readonly configuration: readonly Configuration[];
  readonly location: readonly Location[];
  readonly operator: readonly Operator[];
  readonly alignment: readonly AlignmentKind[];
}

function valuesOf<D extends Dimension>(dimension: D): readonly (keyof (typeof dimensions)[D]['values'])[] {
  return Object.keys(dimensions[dimension].values) as (keyof (typeof dimensions)[D]['values'])[];
}

export const configurations: readonly Configuration[] = valuesOf('configuration');
export const locations: readonly Location[] = valuesOf('location');
export const operators: readonly Operator[] = valuesOf('operator');
export const alignments: readonly AlignmentKind[] = valuesOf('alignment');
