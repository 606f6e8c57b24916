import { placeOfValue } from '../places.ts';
import type { Check } from './check.ts';

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The file is named for the id. */
export const checkIdentity: Check = ({ id, stem, front }, report) => {
  if (id === '' || id === stem || !slug.test(id)) return;
  const place = placeOfValue(front, ['id']);
  const isName = slug.test(stem);
  const allowed = isName ? `the file's name: ${stem}` : `a file named for the id: ${id}.md`;
  report({ rule: 'file-name', place, found: id, allowed, suggestion: isName ? stem : undefined });
};
