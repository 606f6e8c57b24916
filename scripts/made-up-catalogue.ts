import { alignments, configurations, locations, operators } from '../src/taxonomy/index.ts';
import type { ContentFile } from '../src/knowledge/index.ts';

const words = [
  'amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heath', 'inlet', 'jetty', 'knoll', 'larch', 'marsh',
  'north', 'ocean', 'pearl', 'quartz', 'ridge', 'stone', 'tundra', 'umber', 'vale', 'willow', 'xenon', 'yarrow', 'zephyr',
];

/** Three words and a number that no other entry has. */
function wordsFor(i: number): readonly [string, string, string] {
  const at = (n: number): string => words[n % words.length] ?? '';
  return [at(i), at(Math.floor(i / words.length) + 7), at(Math.floor(i / words.length ** 2) + 13)];
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
const keyOf = (i: number): string => `${wordsFor(i)[0]}${2000 + (i % 26)}x${i}`;
const idOf = (i: number): string => `${wordsFor(i).join('-')}-${i}`;
const yearOf = (i: number): number => 2000 + (i % 26);

function titleOf(i: number): string {
  const [a, b, c] = wordsFor(i).map(capital);
  return `${a ?? ''}-${b ?? ''} Prompting: Reading Frozen Models through ${c ?? ''} Programs, Part ${i}`;
}

function authorsOf(i: number): readonly { given: string; family: string }[] {
  return [0, 1, 2].map((n) => {
    const [given, family] = wordsFor(i * 3 + n).map(capital);
    return { given: given ?? '', family: family ?? '' };
  });
}

/** The cells of the taxonomy in turn, so that every one of them is as full as the others. */
function classOf(i: number) {
  const at = <T>(values: readonly T[], step: number): T | undefined => values[Math.floor(i / step) % values.length];
  return {
    configuration: at(configurations, 1),
    location: at(locations, 2),
    operator: at(operators, 6),
    alignment: at(alignments, 18),
  };
}

function work(i: number): string {
  const [a] = wordsFor(i);
  const authors = authorsOf(i).map(({ given, family }) => `${family}, ${given}`).join(' and ');
  // From the end, where arXiv has never counted to.
  const number = 99_999 - i;
  return `@inproceedings{${keyOf(i)},
  title = {${titleOf(i).replace('-', '-{').replace(' ', '} ')}},
  author = {${authors}},
  booktitle = {${capital(a)} Conference},
  year = {${yearOf(i)}},
  doi = {10.1000/${a}.${i}},
  eprint = {${String(i % 25).padStart(2, '0')}01.${number}},
  archiveprefix = {arXiv},
}
`;
}

const families = ['MR', 'PT', 'PI'];
const modalities = ['image', 'text', 'audio', 'video', 'time series', 'graph'];

function entry(i: number, count: number, more: string): string {
  const [a, b, c] = wordsFor(i);
  const other = (i + 1) % count;
  const { configuration, location, operator, alignment } = classOf(i);
  const authors = authorsOf(i).map(({ given, family }) => `${given} ${family}`).join(', ');
  const also = i % 3 === 0 ? ` The entry before it cites the same work :cite[${keyOf(other)}].` : '';
  return `---
id: ${idOf(i)}
name: ${capital(a)}${capital(b)}-${i}
title: "${titleOf(i)}"
authors: [${authors}]
year: ${yearOf(i)}
venue: ${capital(a)} Conference
paper: ${keyOf(i)}
code: https://example.org/${a}/${i}
family: ${families[i % families.length]}
kind: method
configuration: [${configuration}]
location: [${location}]
operator: [${operator}]
alignment: [${alignment}]
modalities: [${modalities[i % 6]}, ${modalities[(i + 1) % 6]}]
summary: Puts ${a} tokens before the ${b} states of a frozen model and trains them alone; number ${i} of its kind.
trainable:
  formula: p * d + d * k
  where:
    p: number of ${a} tokens
    d: width of the word embeddings
    k: classes of the target task
  example:
    values: { p: 16, d: 512, k: 10 }
    is: 13312
    for: 16 tokens at width 512 and ten classes
classification:
  source: derived
  rationale:
    configuration: The ${a} tokens are optimised by gradient descent and nothing else is.
    location: They stand beside the states that enter the ${b} layer.
    operator: They are extra elements of the sequence; nothing is added to what was there.
    alignment: The answer is read by the rule of the ${c} verbalizer.
  alsoArgued:
    - The ${c} rule could be called a learned one where its threshold is fitted.
lineage:
  contrasts: [${idOf(other)}]
aliases: [${a} ${b} prompting, ${c} tokens ${i}]
sources:
  - example/${a}-${i}:README.md
reviewed: 2026-11-21
---

## What it does

A frozen model reads a sequence, and ${a} prompting puts a few learned tokens before it :cite[${keyOf(i)}]. They are the
same for every sample of the task, and they are all that is kept when the task is done. The authors report that 16 tokens
were enough on the ${b} data :cite[${keyOf(i)}].${also}

## In what setting

The model is a language model of the ${b} family whose gradients can be computed; a few hundred labelled samples are
used for each task :cite[${keyOf(i)}]. Nothing of the model changes, and no copy of it is stored beside the first one.

## What its class means here

What is learned is $p \\cdot d$ numbers in the space of the embeddings, so nobody can read the prompt as text. Training
needs a backward pass through the whole model, even though the model itself stays as it is. The ${c} rule at the end
could have been written before any sample was seen: it names a word for each class and compares their scores. What
tells it from [its neighbour](../${idOf(other)}/) is where the tokens stand, and that neighbour stores ${i} of them. Where
the ${a} features lack what the task asks for, no prompt brings it.
${more}`;
}

/**
 * A catalogue of `count` valid entries that nobody wrote, about 200 words each, with a work of its own for each in the
 * bibliography; every third entry also cites the work of its neighbour. `more` is added to the text of each entry.
 * The same count gives the same files.
 */
export function madeUpCatalogue(count: number, more = ''): readonly ContentFile[] {
  const indices = Array.from({ length: count }, (_, i) => i);
  return [
    ...indices.map((i) => ({ path: `methods/${idOf(i)}.md`, text: entry(i, count, more) })),
    { path: 'references.bib', text: indices.map(work).join('\n') },
  ];
}
