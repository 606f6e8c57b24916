import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { languageDigest, languageDocument, languageWords, wordNumber } from '../../src/tasks/index.ts';
import { mixture, shownLengths } from '../../src/tasks/language-world/documents.ts';
import { additionQuestion } from '../../src/tasks/language-world/addition.ts';
import { applyFunction, functionKey, heldOut, instructionOf, isHeldOut, operationOf, shownFunctions, wordFunctions } from '../../src/tasks/language-world/functions.ts';
import type { WordFunction } from '../../src/tasks/language-world/functions.ts';
import { parityOf, parityQuestion } from '../../src/tasks/language-world/parity.ts';
import { letters, operations } from '../../src/tasks/language-world/words.ts';

const documents = 1500;
const length = 81;

/** The passages of an instruction, parity or addition document that are whole, each up to its `;`. */
function passagesOf(index: number): string[][] {
  const passages: string[][] = [[]];
  for (const word of languageDocument(index, length).words.slice(1)) {
    passages.at(-1)?.push(word);
    if (word === ';') passages.push([]);
  }
  return passages.slice(0, -1);
}

/** Every function that words ask for, by its name and by its synonym. */
const byInstruction = new Map<string, WordFunction>(
  wordFunctions.flatMap((asked) => [false, true].flatMap((bySynonym) => {
    const words = instructionOf(asked, bySynonym);
    return words ? [[words.join(' '), asked] as const] : [];
  })),
);

/** Checks an answer after `=`; returns how many steps it has. */
function checkWorked(passage: readonly string[]): number {
  const [name, manner] = passage;
  const [equals, end] = [passage.indexOf('='), passage.length - 1];
  const question = passage.slice(2, equals);
  const said = passage.slice(equals + 1, end);
  const plus = question.indexOf('+');
  const digits = (words: readonly string[]): number[] => words.map(Number);
  const worked = name === 'parity' ? parityQuestion(digits(question)) : additionQuestion(digits(question.slice(0, plus)), digits(question.slice(plus + 1)));
  const { least, most } = name === 'parity' ? shownLengths.parity : shownLengths.addition;
  const size = name === 'parity' ? question.length : plus;
  assert.ok(size >= least && size <= most, passage.join(' '));
  assert.deepEqual(said, manner === 'think' ? [...worked.steps, 'so', ...worked.answer] : worked.answer, passage.join(' '));
  return manner === 'think' ? worked.steps.length : 0;
}

test('the language has 71 words, each once, and 156 functions of which 34 are held out', (t) => {
  assert.equal(languageWords.length, 71);
  assert.equal(new Set(languageWords).size, 71);
  languageWords.forEach((word, number) => assert.equal(wordNumber(word), number));
  assert.throws(() => wordNumber('banana'), /"banana" is no word/);
  assert.equal(new Set(wordFunctions.map(functionKey)).size, 156);
  assert.equal(new Set(heldOut.map(functionKey)).size, 34);
  assert.equal(operations.length, 15);
  assert.equal(operations.filter(({ synonym }) => synonym !== undefined).length, 6);
  // what is held out is made of words that documents show
  for (const { name } of operations) assert.ok(shownFunctions.some((shown) => operationOf(shown)?.name === name && !shown.upper && !shown.next), name);
  t.diagnostic(`${wordFunctions.length} functions`);
});

test('every document is well formed: its answers are right, and no held-out function is among them', (t) => {
  const seen = { pairs: 0, instructions: 0, parity: 0, addition: 0 };
  const asked = new Set<string>();
  let steps = 0;
  for (let index = 0; index < documents; index += 1) {
    const { kind, words, learnt } = languageDocument(index, length);
    assert.equal(words.length, length);
    assert.equal(learnt.length, length);
    assert.equal(words[0], '<s>');
    assert.equal(learnt[0], false);
    words.forEach(wordNumber);
    seen[kind] += 1;
    if (kind === 'pairs') continue;
    let current: WordFunction | undefined;
    for (const passage of passagesOf(index)) {
      if (kind !== 'instructions') {
        assert.equal(passage[0], kind === 'parity' ? 'parity' : 'add');
        steps += checkWorked(passage);
        continue;
      }
      const colon = passage.indexOf(':');
      if (colon >= 0) current = byInstruction.get(passage.slice(0, colon).join(' '));
      assert.ok(current && !isHeldOut(current), passage.join(' '));
      asked.add(functionKey(current));
      const arrow = passage.indexOf('>');
      const word = passage.slice(colon + 1, arrow).map((letter) => letters.indexOf(letter));
      assert.equal(word.length, 3);
      assert.deepEqual(passage.slice(arrow + 1, -1), applyFunction(current, word), passage.join(' '));
    }
  }
  for (const [kind, share] of Object.entries(mixture)) {
    const found = (100 * seen[kind === 'pairs' || kind === 'instructions' || kind === 'parity' ? kind : 'addition']) / documents;
    assert.ok(Math.abs(found - share) < 4, `${kind}: ${found} of 100`);
  }
  assert.equal(asked.size, shownFunctions.length);
  assert.ok(steps > 1000);
  t.diagnostic(`${documents} documents, ${asked.size} functions`);
});

test('what is learnt are answers: behind > and =, up to their end, and the digits of pairs', (t) => {
  let words = 0;
  for (let index = 0; index < 300; index += 1) {
    const document = languageDocument(index, length);
    const { kind } = document;
    let answering = false;
    document.words.forEach((word, place) => {
      const isDigit = /^[0-9]$/u.test(word);
      const expected = kind === 'pairs' ? isDigit || word === ';' : answering;
      assert.equal(document.learnt[place], expected, `document ${index}, word ${place}`);
      if (word === '=' || (kind === 'instructions' && word === '>')) answering = true;
      if (word === ';') answering = false;
      words += 1;
    });
  }
  t.diagnostic(`${words} words`);
  assert.ok(words > 20_000);
});

test('pairs keep a letter and its digit neighbours, and a letter has one digit in a document, in all three ways of writing', (t) => {
  const ways = new Map<string, number>();
  for (let index = 0; index < documents; index += 1) {
    const { kind, words } = languageDocument(index, length);
    if (kind !== 'pairs') continue;
    const opened = words[1] === 'map';
    const pairs = words.slice(opened ? 3 : 1).filter((word) => word !== ';');
    const way = opened ? 'opened' : words.includes(';') ? 'ended' : 'plain';
    ways.set(way, (ways.get(way) ?? 0) + 1);
    const digitOf = new Map<string, string>();
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const [letter = '', digit = ''] = pairs.slice(at, at + 2);
      assert.match(letter, /^[a-l]$/u);
      assert.match(digit, /^[0-9]$/u);
      assert.equal(digitOf.get(letter) ?? digit, digit);
      digitOf.set(letter, digit);
    }
    // few letters with a digit each, or all letters with at most three digits
    assert.ok(digitOf.size <= 5 || new Set(digitOf.values()).size <= 3);
  }
  assert.equal(ways.size, 3);
  t.diagnostic([...ways].map(([way, count]) => `${count} ${way}`).join(', '));
});

test('a document depends on its index alone, and a shorter cut is its beginning', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 2, max: 80 }), (index, cut) => {
      const whole = languageDocument(index, length);
      const part = languageDocument(index, cut);
      assert.deepEqual(part.words, whole.words.slice(0, cut));
      assert.deepEqual(part.learnt, whole.learnt.slice(0, cut));
    }),
    { numRuns: 60 },
  );
  assert.match(languageDigest(), /^[0-9a-f]{64}$/u);
});

test('the steps lead to the answers: the last parity is the answer, the columns are the digits of the sum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 16 }), (bits) => {
      const { steps, answer } = parityQuestion(bits);
      assert.equal(steps.length, bits.length);
      assert.deepEqual(answer, steps.slice(-1));
      assert.equal(parityOf(bits), bits.filter((bit) => bit === 1).length % 2);
    }),
  );
  const number = fc.bigInt({ min: 0n, max: 999_999n });
  fc.assert(
    fc.property(number, number, (first, second) => {
      const digits = (value: bigint): number[] => [...String(value).padStart(6, '0')].map(Number);
      const { steps, answer } = additionQuestion(digits(first), digits(second));
      assert.equal(answer.join(''), String(first + second).padStart(7, '0'));
      const columns = steps.join(' ').split(' , ').map((column) => column.split(' '));
      assert.deepEqual(columns.map((column) => column.at(-1)).reverse(), answer.slice(1));
      columns.forEach(([one, other, carry, arrow, tens, ones], at) => {
        assert.equal(arrow, '>');
        assert.equal(Number(one) + Number(other) + Number(carry), 10 * Number(tens) + Number(ones));
        assert.equal(columns[at + 1]?.[2] ?? tens, tens);
      });
    }),
  );
  assert.throws(() => additionQuestion([1], [1, 2]), /as many digits; these have 1 and 2/);
});
