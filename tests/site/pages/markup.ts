import { HtmlValidate } from 'html-validate';
import type { MakeCheck } from './page-check.ts';

/** The recommended rules, with the reasons for what differs. */
const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // A formula has a role that may be named.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // Search results are links in groups, and a region that scrolls is no section of the text.
    'prefer-native-element': ['error', { exclude: ['listbox', 'region'] }],
    // HTML allows any id without spaces; records are named by digests.
    'valid-id': ['error', { relaxed: true }],
    // Fields that a script reads while somebody types need no button, and are sent by the Enter key without it.
    'wcag/h32': 'off',
    // Some methods have long names, and what comes after them is the same on all pages.
    'long-title': 'off',
  },
});

/** Valid HTML: rule, element and message for each fault. Slow, so it looks at a sample of the pages. */
export const validMarkup: MakeCheck = ({ sample }) => {
  let count = 0;
  return {
    promise: 'the markup is valid HTML',
    what: 'pages validated',
    floor: () => sample.size,
    *see({ address, source }) {
      if (!sample.has(address)) return;
      count += 1;
      for (const { messages } of validator.validateStringSync(source).results) {
        for (const { ruleId, selector, message, line } of messages) {
          // What stands in a template is filled in before it is shown.
          if (!/\btemplate > /.test(selector ?? '')) yield `${ruleId} at ${selector ?? `line ${line}`}: ${message}`;
        }
      }
    },
    examined: () => count,
  };
};
