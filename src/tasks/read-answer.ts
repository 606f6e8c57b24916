import type { Wording } from './text-set.ts';

/** How much a reader forgives. */
export type ReaderName = 'strict' | 'lenient';

/**
 * The answer in what a model wrote behind a question; `null` where the reader reads none, which counts as wrong.
 *
 * - `strict`: the text must come to the wording's `end`, and, with steps, have its `therefore`; the answer is all that stands
 *   between (behind the last `therefore`) and the first `end`.
 * - `lenient`: the text may break off, and the `therefore` may be missing; then it is what stands there.
 */
export function readAnswer(wording: Wording, text: string, reader: ReaderName, steps = false): string | null {
  const stop = wording.end.trim() === '' ? wording.end : wording.end.trim();
  const end = stop === '' ? -1 : text.indexOf(stop);
  if (end < 0 && reader === 'strict') return null;
  const written = end < 0 ? text : text.slice(0, end);
  const mark = steps ? (wording.therefore ?? '').trim() : '';
  const at = mark === '' ? -1 : written.lastIndexOf(mark);
  if (mark !== '' && at < 0 && reader === 'strict') return null;
  const answer = (at < 0 ? written : written.slice(at + mark.length)).trim();
  return answer === '' ? null : answer;
}
