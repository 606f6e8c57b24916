import type { ContentFile } from '../../src/knowledge/index.ts';

/** The day that counts as today in these tests. */
export const today = '2026-11-21';

const bibliography = `% Works of the small catalogue.

@inproceedings{doe2023alpha,
  title = {Alpha: A {Test} of {\\"U}bung},
  author = {Doe, Jane and Roe, Richard},
  booktitle = {ICML},
  year = {2023},
  eprint = {2301.00001},
  archiveprefix = {arXiv},
}

@article{roe2024beta,
  title = {Beta},
  author = {Roe, Richard},
  journal = {TMLR},
  year = {2024},
  doi = {10.1000/beta},
}

@misc{doe2022delta,
  title = {Delta},
  author = {Doe, Jane},
  year = {2022},
  url = {https://example.org/delta},
}
`;

const alpha = `---
id: alpha
name: Alpha
title: "Alpha: A Test of Übung"
authors: [Jane Doe, Richard Roe]
year: 2023
venue: ICML
paper: doe2023alpha
code: https://example.org/alpha
family: MR
kind: method
configuration: [learnable]
location: [input]
operator: [additive]
alignment: [statistical]
modalities: [image]
summary: Adds a pattern.
trainable:
  formula: c * w^2
  where:
    c: channels
    w: side
  example:
    values: { c: 3, w: 10 }
    is: 300
    for: a small picture
  reported:
    - count: 300 numbers
      source: doe2023alpha
    - count: a tenth of a percent
      source: example/alpha:README.md
classification:
  source: derived
  rationale:
    operator: It adds.
lineage:
  contrasts: [beta]
implementation: src/methods/alpha.ts
aliases:
  - first letter
  - the first
reviewed: 2026-11-20
---

## The idea

Adds a learned pattern to every picture :cite[doe2023alpha].

A second paragraph, with \`<code>\`, a [link](../beta/) and [another](../../concepts/gamma/#words).

## The method in the survey's form

$$\\hat y = f(x + W), \\qquad a < b$$

## Algorithm

1. Start: read 12:30, then a:b.
2. Go on, as [the paper][first] says.

[first]: https://example.org/first "First"

## Settings

\`\`\`js
const text = '<script>alert(1)</script>';
\`\`\`

## Watch out

| a | b |
|---|---|
| $x < y$ | two |

About half of it is :recall[a guess :cite[roe2024beta]].
`;

const beta = `---
id: beta
name: Beta
title: Beta
authors: [Richard Roe]
year: 2024
venue: TMLR
paper: roe2024beta
code: none found
family: PCA
kind: baseline
modalities: [image]
summary: Trains a layer.
trainable:
  formula: d * k + k
  where:
    d: width
    k: classes
lineage:
  extends: [alpha]
reviewed: 2026-11-20
---

Trains a new last layer.
`;

const gamma = `---
id: gamma
title: Gamma
summary: A concept.
group: words
order: 1
terms:
  - term: letter
    community: writers
    here: method
    methods: [alpha, beta]
    concept: gamma
    source: roe2024beta
reviewed: 2026-11-20
---

What gamma means :cite[roe2024beta, doe2023alpha].
`;

const delta = `---
id: delta
title: Delta
paper: doe2022delta
summary: A paper explained.
order: 1
read: full text
buildsOn:
  - work: doe2023alpha
    methods: [alpha]
    why: It came first.
reviewed: 2026-11-20
---

## Quick answers

One.

## Key findings

Two.

## In five sentences

Three.

## In detail

Four.

## What to take away

Five.

## Claims and evidence

Six.

## Limits

Seven.
`;

const epsilon = `---
id: epsilon
title: Epsilon
summary: Plain tasks for tests.
generated: true
source: made by this project
licence: MIT
reviewed: 2026-11-20
---

Drawn on the spot.
`;

/** A small catalogue without a mistake. */
export const clean: readonly ContentFile[] = [
  { path: 'README.md', text: '# Not an entry\n' },
  { path: 'concepts/gamma.md', text: gamma },
  { path: 'methods/alpha.md', text: alpha },
  { path: 'methods/beta.md', text: beta },
  { path: 'papers/delta.md', text: delta },
  { path: 'references.bib', text: bibliography },
  { path: 'tasks/epsilon.md', text: epsilon },
];

/** The text of a file of the clean catalogue. */
export function cleanText(path: string): string {
  const file = clean.find((each) => each.path === path);
  if (!file) throw new Error(`The clean catalogue has no ${path}.`);
  return file.text;
}

/** The clean catalogue with one file's text replaced. */
export function withText(path: string, text: string): readonly ContentFile[] {
  return clean.map((file) => (file.path === path ? { path, text } : file));
}

/** The clean catalogue with one text in one file replaced; throws where the text isn't there exactly once. */
export function spoil(path: string, from: string, to: string): readonly ContentFile[] {
  const parts = cleanText(path).split(from);
  if (parts.length !== 2) throw new Error(`${path} holds ${JSON.stringify(from)} ${parts.length - 1} times`);
  return withText(path, parts.join(to));
}
