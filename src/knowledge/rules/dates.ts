import { placeOfValue } from '../places.ts';
import type { Check } from './check.ts';

const isDay = (text: string): boolean => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

/** Neither the year of a paper nor the day of a review lies in the future, and the day is one of the calendar's. */
export const checkDates: Check = ({ data, front }, report, { today, works }) => {
  const { year, reviewed, paper } = data;
  const thisYear = Number(today.slice(0, 4));
  if (typeof year === 'number' && year > thisYear) {
    const work = typeof paper === 'string' ? works.get(paper) : undefined;
    const suggestion = work?.year !== undefined && work.year <= thisYear ? String(work.year) : undefined;
    const place = placeOfValue(front, ['year']);
    report({ rule: 'future-date', place, found: String(year), allowed: `a year up to ${thisYear}`, suggestion, field: 'year' });
  }
  if (typeof reviewed !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(reviewed)) return;
  const exists = isDay(reviewed);
  if (exists && reviewed <= today) return;
  const place = placeOfValue(front, ['reviewed']);
  const field = 'reviewed';
  if (exists) report({ rule: 'future-date', place, found: reviewed, allowed: `a day up to ${today}`, suggestion: today, field });
  else report({ rule: 'wrong-value', place, found: reviewed, allowed: 'a day of the calendar as YYYY-MM-DD', suggestion: today, field });
};
