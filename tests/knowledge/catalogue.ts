import type { ContentFile } from '../../src/knowledge/index.ts';

/** The day that counts as today in these tests. */
export const today = '2026-11-21';

const bibliography = `@inproceedings{doe2023alpha,
  title = {Alpha},
  author = {Doe, Jane and Roe, Richard},
  booktitle = {ICML},
  year = {2023},
  eprint = {2301.00001},
}

@article{roe2024beta,
  title = {Beta},
  author = {Roe, Richard},
  journal = {TMLR},
  year = {2024},
  doi = {10.1000/beta},
}
`;

const alpha = `---
id: alpha
name: Alpha
title: Alpha
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
classification:
  source: derived
  rationale:
    operator: It adds.
lineage:
  contrasts: [beta]
implementation: src/methods/alpha.ts
reviewed: 2026-11-20
---

Adds a learned pattern to every picture :cite[doe2023alpha].

A second paragraph, with \`<code>\` and [a link](../beta/).
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
order: 1
reviewed: 2026-11-20
---

What gamma means :cite[roe2024beta].
`;

/** A small catalogue without a mistake. */
export const clean: readonly ContentFile[] = [
  { path: 'concepts/gamma.md', text: gamma },
  { path: 'methods/alpha.md', text: alpha },
  { path: 'methods/beta.md', text: beta },
  { path: 'references.bib', text: bibliography },
];

/** The clean catalogue with one text in one file replaced; throws where the text isn't there. */
export function spoil(path: string, from: string, to: string): readonly ContentFile[] {
  return clean.map((file) => {
    if (file.path !== path) return file;
    if (!file.text.includes(from)) throw new Error(`${path} doesn't hold ${JSON.stringify(from)}`);
    return { path, text: file.text.replace(from, to) };
  });
}
