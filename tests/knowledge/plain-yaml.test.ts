import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { readPlainYaml } from '../../src/knowledge/plain-yaml.ts';
import { contentFolder } from './content-folder.ts';

/** Where the fast reader answers, the whole parser must give the same and find nothing to complain of. */
function agree(yaml: string): boolean {
  const plain = readPlainYaml(yaml);
  if (!plain) return false;
  const document = parseDocument(yaml, { uniqueKeys: true });
  assert.deepEqual([...document.errors, ...document.warnings].map(({ message }) => message), [], JSON.stringify(yaml));
  assert.deepEqual(plain, document.toJS(), JSON.stringify(yaml));
  return true;
}

const yamls = readContentFolder(contentFolder).flatMap(({ path, text }) =>
  path.includes('/') ? [/^---\n([\s\S]*?)^---$/m.exec(text)?.[1] ?? ''] : [],
);

test('almost every committed front matter is read by the fast reader, as the whole parser reads it', () => {
  const plain = yamls.filter(agree);
  assert.ok(yamls.length >= 20 && plain.length >= 0.9 * yamls.length, `${plain.length} of ${yamls.length}`);
  for (const yaml of yamls) agree(yaml.replaceAll('\n', '\r\n'));
});

test('a front matter with random damage is read as the whole parser reads it, or not at all', () => {
  const sign = fc.constantFrom(...'[]{}:,-?!&*#|>\'"%@`~= \t\n\r\0\\.+<aZ0é\u00a0\u0085\u2028', ': ', ' #', '- ', '--- ', '...', 'null', 'true', 'No', '0x1F', '1e3', '.5', '1_000', '  ', '\n  ', '<<', '!!str ', '[[', ']]');
  let read = 0;
  fc.assert(
    fc.property(fc.constantFrom(...yamls), fc.array(fc.tuple(fc.nat(9999), sign, fc.nat(4)), { minLength: 1, maxLength: 4 }), (yaml, damages) => {
      let text = yaml;
      for (const [where, put, gone] of damages) {
        const at = Math.floor((where / 10000) * text.length);
        text = text.slice(0, at) + put + text.slice(at + gone);
      }
      if (agree(text)) read += 1;
    }),
    { numRuns: 1500 },
  );
  assert.ok(read >= 100, `${read} read`);
});

test('random small texts are read as the whole parser reads them, or not at all', () => {
  const word = fc.constantFrom('a', 'b1', 'null', 'Null', 'true', 'False', 'yes', '0', '007', '-3', '3.50', '2026-11-21', '1e3', '.5', '~', 'é', 'a b', 'a: b', 'a #b', 'a#b', 'a:b', 'a:', "it's", '"q"', "'q'", '"q" r', '[', ']', '{}', '[]', '[a, b]', '[a,]', '[a, [b]]', '{ a: 1, b: [c] }', '{a: 1}', '{ a }', '[a: b]', '- x', '*x', '&x y', '!x y', '|', '>', '%', 'a b # c', '# c', 'a # b # c', '[a] # b', '"q" # r', '3 # b', '@x', '`x`', '100 %', '3, 4', '', ' ', '[ "a", \'b\' ]', '["a"b]', '$x', '(y)', 'https://a.b/c', '[https://a.b/c, d:e]', '0x1F', '1_000', '+1');
  const indent = fc.constantFrom(0, 0, 2, 2, 4, 1);
  const dash = fc.constantFrom('', '', '', '- ', '- ', '-', '-  ');
  const key = fc.constantFrom('# k: ', 'k: ', 'l: ', 'm:', 'o:\n  p: ', 'q:\n- ', 'r:\n  - s: ', 't:  ', '', 'n:\t', 'true: ', '"k": ');
  const line = fc.tuple(indent, dash, key, word).map(([depth, start, name, value]) => ' '.repeat(depth) + start + name + value);
  let read = 0;
  fc.assert(
    fc.property(fc.tuple(word, fc.array(line, { maxLength: 3 })), ([first, lines]) => {
      if (agree(`start: ${first}\n${lines.join('\n')}\n`)) read += 1;
    }),
    { numRuns: 4000 },
  );
  assert.ok(read >= 50, `${read} read`);
});
