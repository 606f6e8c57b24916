import type { BodyCheck } from './body-check.ts';

/** There is something to read besides headings, citations, code and formulas. */
export const checkEmptyBody: BodyCheck = ({ blocks }, { front }, report) => {
  const hasText = blocks.some(({ kind, text, spans }) => {
    if (kind === 'heading' || kind === 'code' || kind === 'formula') return false;
    const taken = spans.filter((span) => span.kind !== 'address' && !(span.kind === 'directive' && span.name !== 'cite'));
    const rest = taken.reduceRight((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), text);
    return /[\p{L}\p{N}]{2}/u.test(rest);
  });
  if (hasText) return;
  const place = { line: front.closingLine, column: 1 };
  report({ rule: 'empty-body', place, found: '', allowed: 'at least one sentence below the front matter', fixed: null });
};
