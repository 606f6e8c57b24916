import { Document, isSeq } from 'yaml';
import type { TaxonomyClass } from '../taxonomy/index.ts';
import type { ContentFile } from './content-file.ts';
import { methodSchema } from './entry.ts';
import type { Family, MethodEntry } from './entry.ts';
import type { CitedPaper } from './cited-paper.ts';

/** What a contributor has answered, and what was looked up for him. */
export interface Answers {
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  /** Absent for a parameter-centric rival. */
  readonly class?: TaxonomyClass | undefined;
  readonly rationale?: Readonly<Partial<Record<keyof TaxonomyClass, string>>>;
  readonly modalities: MethodEntry['modalities'];
  readonly summary: string;
  readonly paper: CitedPaper;
  readonly code: string;
  readonly trainable: MethodEntry['trainable'];
  readonly aliases?: readonly string[];
  /** The three parts of the text; what is empty gets no heading. */
  readonly does: string;
  readonly setting?: string;
  readonly meaning?: string;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** Small letters, digits and hyphens: `P-Tuning v2` becomes `p-tuning-v2`, `BLM+` becomes `blm-plus`. */
export function idFor(name: string): string {
  return name
    .replaceAll('+', ' plus ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function textOf({ does, setting, meaning, paper, family }: Answers): string {
  const cited = (text: string): string => (/:cite\[/.test(text) ? text : `${text.replace(/\.?\s*$/, '')} :cite[${paper.key}].`);
  const reading = family === 'PCA' ? 'Why it has no place in the four dimensions' : 'What its class means here';
  return [
    `## What it does\n\n${cited(does)}`,
    ...(setting ? [`## In what setting\n\n${cited(setting)}`] : []),
    ...(meaning ? [`## ${reading}\n\n${meaning}`] : []),
  ].join('\n\n');
}

/** The entry's file in the form of the catalogue: fields in the schema's order, then the text. */
export function composeEntry(answers: Answers): ContentFile {
  const { id, name, family, paper, modalities, summary, trainable, code, aliases = [], rationale = {}, today } = answers;
  const values: Readonly<Record<string, unknown>> = {
    id,
    name,
    title: paper.title,
    authors: paper.authors,
    year: paper.year,
    venue: paper.venue,
    paper: paper.key,
    code,
    family,
    kind: 'method',
    ...answers.class,
    modalities,
    summary,
    trainable,
    ...(answers.class ? { classification: { source: 'derived', rationale } } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    reviewed: today,
  };
  const ordered = Object.keys(methodSchema.shape).flatMap((field) => (field in values ? [[field, values[field]] as const] : []));
  const front = new Document(Object.fromEntries(ordered), { aliasDuplicateObjects: false });
  for (const [field] of ordered) {
    const node = front.get(field, true);
    if (isSeq(node)) node.flow = true;
  }
  const yaml = front.toString({ lineWidth: 0, flowCollectionPadding: false });
  return { path: `methods/${id}.md`, text: `---\n${yaml}---\n\n${textOf(answers)}\n` };
}
