import type { ContentFile } from './content-file.ts';

/** From so many reviews on, more than half of them are not all mistyped. */
const enough = 10;

const reviewedOn = ({ text }: ContentFile): readonly string[] => {
  const end = text.indexOf('\n---', 3);
  const day = end < 0 ? undefined : /^reviewed: *(\d{4}-\d{2}-\d{2}) *$/m.exec(text.slice(0, end))?.[1];
  return day === undefined ? [] : [day];
};

/**
 * The day, as YYYY-MM-DD, up to which dates of a catalogue are not in the future: the clock's. A clock before the middle
 * one of at least ten reviews is behind, and says nothing about any of them; then it is a year after that review.
 */
export function presentDay(files: readonly ContentFile[], clock: string): string {
  const days = files.flatMap(reviewedOn).sort();
  const middle = days[Math.floor(days.length / 2)];
  if (middle === undefined || days.length < enough || middle <= clock) return clock;
  return `${String(Number(middle.slice(0, 4)) + 1).padStart(4, '0')}${middle.slice(4)}`;
}
