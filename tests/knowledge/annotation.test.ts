import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { annotation } from '../../src/knowledge/index.ts';
import type { Finding } from '../../src/knowledge/index.ts';

const finding: Finding = {
  file: 'methods/a,b:c.md', line: 3, column: 7, rule: 'wrong-value', found: '100 %', allowed: 'one\ntwo', suggestion: null, fixed: null, definition: 'content/README.md#kind',
};

/** Reads an annotation as a forge does: properties up to the second pair of colons, then the message. */
function readBack(line: string): { readonly properties: Readonly<Record<string, string>>; readonly message: string } {
  const [, list = '', message = ''] = /^::error (.*?)::(.*)$/.exec(line) ?? [];
  const plain = (text: string): string => text.replace(/%(0D|0A|3A|2C|25)/g, (code) => decodeURIComponent(code));
  const properties = list.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), plain(pair.slice(pair.indexOf('=') + 1))] as const);
  return { properties: Object.fromEntries(properties), message: plain(message) };
}

test('an annotation is one line, and a forge reads from it what was put in', () => {
  let examined = 0;
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (file, found, fixed) => {
      const line = annotation({ ...finding, file, found, fixed }, 'content');
      assert.ok(!/[\r\n]/.test(line));
      const { properties, message } = readBack(line);
      assert.equal(properties['file'], `content/${file}`);
      assert.equal(properties['line'], '3');
      assert.equal(properties['col'], '7');
      assert.ok(found === '' || message.startsWith(`found: ${found}\n`));
      assert.ok(message.includes(`\nwrite: ${fixed}\n`) || (found === '' && message.includes(`write: ${fixed}\n`)));
      examined += 1;
    }),
  );
  assert.ok(examined >= 100, `${examined} findings`);
});
