import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { codePointSet } from '../../src/text/code-point-set.ts';
import { lowerCase, normalForm } from '../../src/text/normalisers.ts';
import { assigned, controls, letters, nonspacingMarks, numbers, punctuation } from '../../src/text/unicode-tables.ts';

test('a set of code points has the runs that are written, by code point and as ranges of a pattern', () => {
  const set = codePointSet('2p q 6 q');
  const expected = new Set('abcdefghijklmnopqrstuvwxyz'.split('').map((letter) => letter.charCodeAt(0)));
  const pattern = new RegExp(`^[${set.ranges}]$`, 'u');
  assert.equal(set.size, 52);
  for (let code = 0x60; code < 0x7f; code++) {
    assert.equal(set.has(code), expected.has(code));
    assert.equal(pattern.test(String.fromCodePoint(code)), expected.has(code));
  }
  assert.ok(set.has(0x81) && set.has(0x9a) && !set.has(0x9b) && !set.has(0x10ffff) && !set.has(0));
});

test('the tables have as many characters as their version of Unicode, and none that is something else today', () => {
  // Characters whose category was changed since: U+166D became a symbol, U+111C9 a mark, U+1734 and U+1171E take a place.
  const tables = [
    { set: letters, size: 141_028, pattern: /^\p{L}$/u, changed: [] },
    { set: numbers, size: 1_911, pattern: /^\p{N}$/u, changed: [] },
    { set: punctuation, size: 726, pattern: /^[\p{P}$+<=>^`|~]$/u, changed: [0x166d, 0x111c9] },
    { set: nonspacingMarks, size: 1_567, pattern: /^\p{Mn}$/u, changed: [0x1734, 0x1171e] },
    { set: controls, size: 137_683, pattern: /^[\p{Cc}\p{Cf}\p{Co}]$/u, changed: [] },
  ];
  for (const { set, size, pattern, changed } of tables) {
    const odd: number[] = [];
    let counted = 0;
    for (let code = 0; code < 0x110000; code++) {
      if (!set.has(code)) continue;
      counted += 1;
      if (!pattern.test(String.fromCodePoint(code))) odd.push(code);
    }
    assert.equal(counted, size);
    assert.equal(set.size, size);
    assert.deepEqual(odd, changed);
  }
  assert.ok(assigned.has(0x1f1e8) && assigned.has(0x1f926) && !assigned.has(0x1f970) && !assigned.has(0xd800));
});

test('normal forms are those of the engine for characters of Unicode 9.0, and leave later ones alone', () => {
  const old = fc
    .array(fc.constantFrom('a', 'e', '\u0301', '\u0323', '\u0307', 'é', '각', 'ᄀ', 'ᅡ', 'ᆨ', 'Å', 'ﬁ', '뢴', '\u0344'), { maxLength: 30 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(old, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (text, form) => {
      assert.equal(normalForm(text, form), text.normalize(form));
      // U+1F970 came with Unicode 11.
      assert.equal(normalForm(`${text}\u{1F970}${text}`, form), `${text.normalize(form)}\u{1F970}${text.normalize(form)}`);
    }),
  );
  // U+16121 is a letter of Unicode 16 that comes apart; U+08D3, a mark of Unicode 11, changes places with none.
  assert.equal(normalForm('\u{16121}', 'NFD'), '\u{16121}');
  assert.equal(normalForm('a\u0301\u08D3\u0323', 'NFC'), '\u00E1\u08D3\u0323');
});

test('lower case goes character by character', () => {
  assert.equal(lowerCase('ΌΣΟΣ ÀÉ İ ǅ 𐐀'), 'όσοσ àé i\u0307 ǆ 𐐨');
});
