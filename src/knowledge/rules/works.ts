import { asText, isRecord } from '../entry-file.ts';
import { sourceSchema } from '../entry.ts';
import { spotOfValue } from '../places.ts';
import type { Path } from '../places.ts';
import { lineWith } from '../report.ts';
import { titleKey } from '../title-key.ts';
import { yamlText } from '../yaml-text.ts';
import type { Check } from './check.ts';
import { isPlaceholder } from './lists.ts';

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The values in `data[list]`, or in a field of it, that name works, with their ways. */
function named(list: unknown, path: Path, field: string): readonly (readonly [unknown, Path])[] {
  return listOf(list).map((item, i) => [isRecord(item) ? item[field] : undefined, [...path, i, field]] as const);
}

/** What names a work, or a file or an address instead, is there. */
export const checkWorks: Check = ({ data, front }, report, { keys }) => {
  const trainable = isRecord(data['trainable']) ? data['trainable'] : {};
  const counts = named(trainable['reported'], ['trainable', 'reported'], 'source');
  const citations = [
    [data['paper'], ['paper']] as const,
    ...named(data['terms'], ['terms'], 'source'),
    ...named(data['buildsOn'], ['buildsOn'], 'work'),
    ...counts,
  ];
  const mayBeFile = new Set<unknown>(counts.map(([, path]) => path));
  for (const [value, path] of citations) {
    if (typeof value !== 'string' || value.trim() === '' || isPlaceholder(value) || !keys || keys.has(value)) continue;
    const { place, source } = spotOfValue(front, path);
    const found = source || value;
    const field = String(path[0]);
    if (mayBeFile.has(path) && /[:/]/.test(value)) {
      if (sourceSchema.safeParse(value).success) continue;
      const suggestion = /^http:\/\//.test(value) ? value.replace('http:', 'https:') : undefined;
      const allowed = 'a key of references.bib, owner/name:path, or an address that starts with https://';
      report({ rule: 'malformed-address', place, found, allowed, suggestion, field });
      continue;
    }
    const allowed = mayBeFile.has(path) ? 'a key of references.bib, owner/name:path or an address' : 'a key of references.bib';
    report({ rule: 'unknown-work', place, found, allowed, suggestion: keys.nearest(value), field });
  }
};

/** The venue of an entry without a paper of its own: `paper` then names the work that it builds on. */
const ownVenue = 'this project';

/** An entry about a paper has the title and the year of its work. */
export const checkAgreement: Check = ({ data, front, file, kind }, report, { works }) => {
  const { paper, title, year, venue } = data;
  if (venue === ownVenue) return;
  const work = typeof paper === 'string' ? works.get(paper) : undefined;
  if (!work || (kind !== 'methods' && kind !== 'papers')) return;
  const differing = [
    ...(typeof title === 'string' && work.title !== '' && titleKey(title) !== titleKey(work.title) ? [['title', work.title] as const] : []),
    ...(typeof year === 'number' && work.year !== undefined && year !== work.year ? [['year', String(work.year)] as const] : []),
  ];
  for (const [field, suggestion] of differing) {
    const { place, source } = spotOfValue(front, [field]);
    const found = source || asText(data[field]);
    const allowed = `the ${field} of ${work.key}: ${suggestion}`;
    const fixed = lineWith(file.text, place, found, field === 'title' ? yamlText(suggestion) : suggestion);
    report({ rule: 'work-mismatch', place, found, allowed, suggestion, fixed, field });
  }
};
