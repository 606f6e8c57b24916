import type { Rule } from '../rule.ts';

const banned = /^(utils?|helpers?|commons?|misc|miscellaneous)$/i;

/** A name says what is inside. */
export const tellingNamesRule: Rule = {
  name: 'telling-names',
  promise: 'no folder or file is named utils, helpers, common or misc',
  appliesTo: () => true,
  check({ path }) {
    return path.split('/').flatMap((part) => {
      const stem = part.replace(/\..*$/, '');
      return banned.test(stem) ? [{ file: path, line: 1, message: `"${part}" says nothing: name it for what it holds` }] : [];
    });
  },
};
