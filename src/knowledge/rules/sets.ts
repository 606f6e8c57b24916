import type { EntryFile } from '../entry-file.ts';
import { asText } from '../entry-file.ts';
import { placeOfKey, placeOfMissing } from '../places.ts';
import type { Report } from '../report.ts';

const fields = ['configuration', 'location', 'operator', 'alignment', 'classification'] as const;

/** The four sets and the classification: there for MR, PT and PI, absent for parameter-centric rivals. */
export function checkSets({ data, front }: EntryFile, report: Report): void {
  const family = asText(data['family']);
  for (const field of fields) {
    const isThere = data[field] !== undefined;
    if (family === 'PCA' && isThere) {
      const place = placeOfKey(front, [field]);
      report({ rule: 'sets-of-a-rival', place, found: field, allowed: 'absent for family PCA', fixed: '' });
    }
    if (['MR', 'PT', 'PI'].includes(family) && !isThere) {
      const place = placeOfMissing(front, [field]);
      const allowed = `${field}: required for family ${family}`;
      report({ rule: 'missing-field', place, found: '', allowed, fixed: `${field}: …` });
    }
  }
}
