import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unified } from '@astrojs/markdown-remark';
import remarkDirective from 'remark-directive';
import remarkMath from 'remark-math';
import fc from 'fast-check';
import { validateContent } from '../../src/knowledge/index.ts';
import type { MarkdownNode } from '../../src/site/markdown/node.ts';
import { spoil, today } from './catalogue.ts';

/** HTML, and addresses that may carry a script, in a tree that the site's own reader made. */
function dangersIn({ type, url = '', value = '', children = [] }: MarkdownNode): readonly string[] {
  const isLink = ['link', 'image', 'definition'].includes(type);
  const own = type === 'html' ? [value] : isLink && !/^(?:https?:\/\/|mailto:|\.{0,2}\/|#)/.test(url) ? [url] : [];
  return [...own, ...children.flatMap(dangersIn)];
}

/** Gives the dangers that the site's reader finds in a text. */
async function oracle(): Promise<(text: string) => Promise<readonly string[]>> {
  let found: readonly string[] = [];
  const collect = () => (tree: MarkdownNode): void => {
    found = dangersIn(tree);
  };
  const reader = unified({ remarkPlugins: [remarkMath, remarkDirective, collect], gfm: true, smartypants: false });
  const { render } = await reader.createRenderer({ syntaxHighlight: false });
  return async (text) => {
    await render(text);
    return found;
  };
}

const pieces = [
  'https://a.b/', 'www.a.b', 'http://a',
  '<b>', '</b>', '<script', '<img src=x>', '<b\n>', '<b a="`">', '<!-- ', '-->', '<?', '<https://a.b/`>',
  '`', '``', '```', '~~~', '$', '$$', '\\', '\\`', '\\<', '\n', '\n\n', ' ', '   ', '    ', '\t',
  '- ', '> ', '1. ', '2. ', '# ', '---\n', '===\n', '|', '| a | b |\n|---|---|\n',
  '[', ']', '](', ')', '(', '[a](javascript:x)', '![a](data:x)', '[x]: ', '[^1]', '[^1]: ', 'javascript:y', '"t"', "'", '&#58;', '*', '_',
  ':cite[doe2023alpha]', ':measured[a]{table=t row="r,k=1" column=c}', ':measured[a]{table=t ', ':recall[', '::x', ':::y\n', '{a="`"}', 'a', 'text ',
];

/** More texts, other ones each time: `ATLAS_RUNS=20000`. */
const runs = process.env['ATLAS_RUNS'];

test('whatever the site takes for HTML or for an address that may carry a script is found, however it is hidden', async () => {
  const dangers = await oracle();
  let dangerous = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 10 }), async (parts) => {
      const text = parts.join('');
      const expected = await dangers(text);
      if (expected.length === 0) return;
      dangerous += 1;
      const { errors } = validateContent(spoil('methods/beta.md', 'Trains a new last layer.', `Words.\n\n${text}`), { today });
      const found = errors.filter(({ rule }) => ['unsafe-html', 'malformed-address', 'unknown-directive'].includes(rule));
      assert.ok(found.length > 0, `${JSON.stringify(text)} holds ${JSON.stringify(expected)}`);
    }),
    runs === undefined ? { numRuns: 300, seed: 1 } : { numRuns: Number(runs) },
  );
  assert.ok(dangerous >= 50, `${dangerous} dangerous texts`);
});
