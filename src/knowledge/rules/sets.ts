import { asText } from '../entry-file.ts';
import { spotOfKey, spotOfValue } from '../places.ts';
import { lineOf } from '../report.ts';
import type { Check } from './check.ts';
import { misspelledFields } from './misspelled-fields.ts';
import { reportMissing } from './schema.ts';

const fields = ['configuration', 'location', 'operator', 'alignment', 'classification'] as const;

/** The four sets and the classification: there for MR, PT and PI, absent for parameter-centric rivals. */
export const checkSets: Check = (entry, report, known) => {
  const { data, front, file, kind } = entry;
  if (kind !== 'methods') return;
  const family = asText(data['family']);
  const misspelled = misspelledFields(kind, data, []);
  for (const field of fields) {
    const isThere = data[field] !== undefined;
    if (family === 'PCA' && isThere) {
      const { place, source } = spotOfKey(front, [field]) ?? spotOfValue(front, [field]);
      const isOneLine = spotOfValue(front, [field]).place.line === place.line && lineOf(file.text, place.line).startsWith(`${field}:`);
      const fixed = isOneLine ? '' : null;
      report({ rule: 'sets-of-a-rival', place, found: source || field, allowed: 'absent for family PCA', fixed, field: 'family' });
    }
    if (['MR', 'PT', 'PI'].includes(family) && !isThere && !misspelled.has(field)) {
      reportMissing(entry, [field], report, known);
    }
  }
};
