import type { Body } from '../body.ts';
import type { EntryFile } from '../entry-file.ts';
import type { BodyCheck } from './body-check.ts';

/** A heading that a page must have; `form` says it where the title alone doesn't. */
export interface Section {
  readonly title: string;
  readonly matches: (heading: string) => boolean;
  readonly form: string;
}

const exactly = (title: string): Section => ({ title, matches: (heading) => heading.toLowerCase() === title.toLowerCase(), form: `"${title}"` });

/** The headings of a paper explained. */
export const paperSections: readonly Section[] = [
  'Quick answers',
  'Key findings',
  'In five sentences',
  'In detail',
  'What to take away',
  'Claims and evidence',
  'Limits',
].map(exactly);

/** The headings of a method that this project runs. */
export const methodSections: readonly Section[] = [
  exactly('The idea'),
  {
    title: "The method in the survey's form",
    matches: (heading) => /\b(?:form|notation)\b/i.test(heading),
    form: 'one with the word "form" or "notation"',
  },
  ...['Algorithm', 'Settings', 'Watch out'].map(exactly),
];

/** The headings that the page of an entry must have. */
export function sectionsOf({ kind, data }: Pick<EntryFile, 'kind' | 'data'>): readonly Section[] {
  if (kind === 'papers') return paperSections;
  return kind === 'methods' && typeof data['implementation'] === 'string' ? methodSections : [];
}

interface Heading {
  readonly text: string;
  readonly start: number;
}

function headingsOf({ blocks }: Body): readonly Heading[] {
  return blocks.flatMap(({ kind, text, start }) =>
    kind === 'heading' ? [{ text: text.trim().replace(/^#+\s*/, '').replace(/\s+#+$/, '').trim(), start }] : [],
  );
}

/** A page has the headings of its kind; one that is missing belongs before the next one that is there. */
export const checkSections: BodyCheck = (body, entry, report) => {
  const sections = sectionsOf(entry);
  if (sections.length === 0) return;
  const headings = headingsOf(body);
  for (const [i, { title, matches, form }] of sections.entries()) {
    if (headings.some(({ text }) => matches(text))) continue;
    const next = sections.slice(i + 1).flatMap((section) => headings.filter(({ text }) => section.matches(text)).slice(0, 1))[0];
    const place = body.placeAt(next?.start ?? body.text.length);
    const all = sections.map((section) => section.form).join(', ');
    report({ rule: 'missing-section', place: { ...place, column: 1 }, found: '', allowed: `the heading ${form}; all of them: ${all}`, fixed: `## ${title}` });
  }
};
