import type { EntryFile } from '../entry-file.ts';
import { placeOfValue } from '../places.ts';
import type { Report } from '../report.ts';

/** Neither the year of a paper nor the day of a review lies in the future. */
export function checkDates({ data, front }: EntryFile, report: Report, today: string): void {
  const { year, reviewed } = data;
  const thisYear = today.slice(0, 4);
  if (typeof year === 'number' && year > Number(thisYear)) {
    const place = placeOfValue(front, ['year']);
    report({ rule: 'future-date', place, found: String(year), allowed: `a year up to ${thisYear}` });
  }
  if (typeof reviewed === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(reviewed) && reviewed > today) {
    const place = placeOfValue(front, ['reviewed']);
    report({ rule: 'future-date', place, found: reviewed, allowed: `a day up to ${today}` });
  }
}
