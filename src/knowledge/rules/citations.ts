import { isMeasuredLabel, measuredForm, measuredPlace } from '../measured-place.ts';
import { nearest } from '../nearest.ts';
import { lineOf } from '../report.ts';
import type { BodyCheck } from './body-check.ts';

const directives = ['cite', 'recall', 'measured'];
const allowed = `:cite[key], :cite[key, key] or :recall[text that rests on memory], with one colon and square brackets, or ${measuredForm}`;
const measuredAllowed = `${measuredForm}, the three in any order; keys as in the table's CSV, between quotes where they hold more than letters, digits and . + / -`;

/** `:cit` is meant as `:cite`; `12:30` and `a:b` are plain text, and so is `:masked` without brackets. */
function meant(name: string, isWord: boolean): string | undefined {
  if (directives.includes(name)) return name;
  const near = nearest(name, isWord ? directives.filter((each) => each !== 'measured') : directives);
  const isNear = near !== undefined && name.length > 2 && Math.abs(name.length - near.length) <= 2;
  return isNear || !isWord ? near ?? '' : undefined;
}

/** Directives are :cite, :recall and :measured, and what :cite names is in the bibliography; which cells there are, the build knows. */
export const checkCitations: BodyCheck = ({ blocks, placeAt }, { file }, report, { keys }) => {
  for (const { text, start, spans } of blocks) {
    for (const span of spans) {
      if (span.kind !== 'directive') continue;
      const { name, label, colons, hasBraces, attributes } = span;
      const isWord = /[\p{L}\p{N}]/u.test(text[span.start - 1] ?? ' ') || (label === undefined && !hasBraces);
      const directive = meant(name, isWord);
      if (directive === undefined) continue;
      if (directive === 'measured') {
        const isRight = name === directive && colons === 1 && label !== undefined && attributes !== undefined;
        if (isRight && isMeasuredLabel(text.slice(label.start, label.end)) && measuredPlace(text.slice(attributes.start, attributes.end))) continue;
        const [found = ''] = text.slice(span.start, attributes ? attributes.end + 1 : span.end).split('\n');
        report({ rule: 'unknown-directive', place: placeAt(start + span.start), found, allowed: measuredAllowed, fixed: null });
        continue;
      }
      const isWellFormed = directives.includes(name) && colons === 1 && label !== undefined && !hasBraces;
      if (!isWellFormed) {
        const place = placeAt(start + span.start);
        const found = text.slice(span.start, span.end) + (hasBraces ? '{' : '');
        const isWhole = !hasBraces && label !== undefined && directive !== '';
        const better = isWhole ? `:${directive}${text.slice(label.start - 1, span.end)}` : undefined;
        const isOneLine = lineOf(file.text, place.line).startsWith(found, place.column - 1);
        report({ rule: 'unknown-directive', place, found, allowed, suggestion: isOneLine ? better : undefined });
        continue;
      }
      if (name !== 'cite' || !keys) continue;
      let at = label.start;
      for (const part of text.slice(label.start, label.end).split(',')) {
        const key = part.trim();
        if (!keys.has(key)) {
          const offset = at + Math.max(0, part.indexOf(key));
          report({ rule: 'unknown-work', place: placeAt(start + offset), found: key, allowed: 'a key of references.bib', suggestion: key === '' ? undefined : keys.nearest(key) });
        }
        at += part.length + 1;
      }
    }
  }
};
