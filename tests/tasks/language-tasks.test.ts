import assert from 'node:assert/strict';
import test from 'node:test';
import { asked, loadTask, kindOf, languageWords, slot, taskRows } from '../../src/tasks/index.ts';
import type { Decomposition, Question, TextSet } from '../../src/tasks/index.ts';
import { makeTaskCard } from '../../src/tasks/cards/task-card.ts';
import { functionKey, heldOut, isHeldOut, operationOf } from '../../src/tasks/language-world/functions.ts';
import { additionQuestion } from '../../src/tasks/language-world/addition.ts';
import { parityOf } from '../../src/tasks/language-world/parity.ts';
import { noAssets, textsOf } from './fixtures.ts';

const rows = taskRows.filter(({ kind, generated }) => kind === 'texts' && generated);
const words = new Set(languageWords);
const digitsOf = (text: string): number[] => text.split(' ').map(Number);

/** What stands in a text that is no word of the language. */
const foreign = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '' && !words.has(word));

const all = (set: TextSet): readonly Question[] => Array.from({ length: set.count }, (_, index) => set.questions(index));

/** The right answer to a direct question of parity or addition. */
function solve(id: string, question: string): string {
  if (id.startsWith('parity')) return String(parityOf(digitsOf(question)));
  const [first = '', second = ''] = question.split(' + ');
  return additionQuestion(digitsOf(first), digitsOf(second)).answer.join(' ');
}

for (const row of rows) {
  test(`${row.id}: pools without a common question, all of it words of the language, the same every time`, async (t) => {
    const task = await loadTask(row.id, noAssets);
    const again = await loadTask(row.id, noAssets);
    assert.equal(task.digest, again.digest);
    const [train, testing] = [textsOf(task.train), textsOf(task.test)];
    assert.equal(kindOf(train), 'texts');
    const keyOf = (set: TextSet, index: number): string => JSON.stringify([set.questions(index).question, [...(set.demonstrations?.(index) ?? [])].map(({ question, answer }) => `${question}${answer}`).sort()]);
    const keys = [train, testing].flatMap((set) => Array.from({ length: set.count }, (_, index) => keyOf(set, index)));
    assert.equal(new Set(keys).size, train.count + testing.count);
    assert.deepEqual(all(train), all(textsOf(again.train)));
    for (const set of [train, testing]) {
      assert.equal(set.labels.length, set.count);
      all(set).forEach(({ question, answer, steps = '' }, index) => {
        assert.deepEqual(foreign(`${question} ${answer} ${steps}`), []);
        assert.equal(task.classes.length === 0 ? 0 : task.classes.indexOf(answer), set.labels[index]);
      });
    }
    assert.ok(task.wordings && task.wordings.length > 0);
    for (const { opening, instruction, ask, askSteps, delimiter, end, between, therefore, contentFree } of task.wordings) {
      const whole = [opening ?? '', instruction ?? '', ask.replace(slot, ''), (askSteps ?? '').replace(slot, ''), delimiter, end, between, therefore ?? '', contentFree ?? ''];
      assert.deepEqual(whole.flatMap(foreign), []);
      assert.equal(askSteps !== undefined, therefore !== undefined);
      assert.equal(asked(ask, 'x').includes(slot), false);
    }
    assert.throws(() => train.questions(train.count), /no question/);
    t.diagnostic(`${train.count} and ${testing.count} questions`);
  });
}

test('there are tasks with open answers, with classes, with steps; and functions shown, held out and without a name', (t) => {
  const ids = rows.map(({ id }) => id);
  assert.ok(ids.length >= 15);
  const named = { positions: [2, 1, 0], upper: true, next: false };
  const rotated = { positions: [1, 2, 0], upper: true, next: false };
  assert.ok(operationOf(named) && !isHeldOut(named));
  assert.ok(operationOf(rotated) && isHeldOut(rotated));
  assert.equal(operationOf({ positions: [2, 0], upper: false, next: false }), undefined);
  assert.ok(heldOut.map(functionKey).includes('120 upper'));
  t.diagnostic(`${ids.length} tasks`);
});

/** By the plain meaning of the titles. */
const alphabet = 'abcdefghijkl';
const on = (letter: string): string => alphabet.charAt((alphabet.indexOf(letter) + 1) % alphabet.length);
const meaning: Readonly<Record<string, (word: readonly string[]) => readonly string[]>> = {
  'words-reverse-upper': (word) => word.toReversed().map((letter) => letter.toUpperCase()),
  'words-rotate-upper': ([first = '', ...rest]) => [...rest, first].map((letter) => letter.toUpperCase()),
  'words-last-first': ([first = '', , last = '']) => [last, first],
  'words-echo-upper-next': ([first = '', middle = '']) => [middle, first, middle].map((letter) => on(letter).toUpperCase()),
  'words-sort': (word) => word.toSorted(),
  'words-opposite': (word) => word.map((letter) => alphabet.charAt(alphabet.length - 1 - alphabet.indexOf(letter))),
};

test('the answers of word tasks are what their titles say', async (t) => {
  let checked = 0;
  for (const { id } of rows.filter((row) => row.id.startsWith('words-'))) {
    const made = meaning[id];
    assert.ok(made, id);
    const task = await loadTask(id, noAssets);
    assert.ok(task.train.count >= 800 && task.test.count >= 400);
    for (const { question, answer } of [...all(textsOf(task.train)), ...all(textsOf(task.test))]) {
      assert.equal(answer, made(question.split(' ')).join(' '), `${id}: ${question}`);
      checked += 1;
    }
  }
  t.diagnostic(`${checked} answers`);
  assert.ok(checked > 9000);
});

test('letters to digits: the other letters demonstrate, a group has one digit, and the digits are balanced', async (t) => {
  const task = await loadTask('letters-to-digits', noAssets);
  assert.deepEqual(task.classes, [...'0123456789']);
  assert.equal(task.wordings?.length, 3);
  let checked = 0;
  for (const set of [textsOf(task.train), textsOf(task.test)]) {
    task.classes.forEach((_, label) => assert.equal(set.labels.filter((each) => each === label).length, set.count / 10));
    for (let index = 0; index < set.count; index += 1) {
      const own = set.questions(index);
      const others = set.demonstrations?.(index) ?? [];
      const world = [own, ...others];
      assert.deepEqual(world.map(({ question }) => question).toSorted(), [...alphabet]);
      const groups = new Map(world.map(({ question, answer }) => [alphabet.indexOf(question) % 3, answer]));
      assert.equal(new Set(groups.values()).size, 3);
      for (const { question, answer } of world) assert.equal(groups.get(alphabet.indexOf(question) % 3), answer);
      checked += 1;
    }
  }
  t.diagnostic(`${checked} worlds`);
  assert.equal(checked, 3000);
});

test('a question split into easier ones gives the right answer when each is answered right, and null for nonsense', async (t) => {
  let questions = 0;
  let parts = 0;
  for (const { id } of rows.filter((row) => /^(parity|addition)-/u.test(row.id))) {
    const set = textsOf((await loadTask(id, noAssets)).test);
    assert.ok(set.decompose, id);
    for (let index = 0; index < Math.min(150, set.count); index += 1) {
      const decompose: Decomposition = set.decompose(index);
      const { question, answer, steps } = set.questions(index);
      assert.equal(solve(id, question), answer);
      assert.ok(steps);
      const answers: string[] = [];
      for (;;) {
        const step = decompose(answers);
        assert.ok(step, `${id}: ${question}`);
        if ('compose' in step) {
          assert.equal(step.compose, answer, `${id}: ${question}`);
          break;
        }
        const size = step.ask.split(' ').filter((word) => word !== '+').length;
        assert.equal(size, 2, step.ask);
        for (const nonsense of ['', 'a', '2', '0 0 0', '1 0 1 0 1']) assert.equal(decompose([...answers, nonsense]), null, `${id}: ${nonsense}`);
        answers.push(solve(id, step.ask));
        assert.ok(answers.length < 20);
      }
      questions += 1;
      parts += answers.length;
    }
  }
  t.diagnostic(`${questions} questions in ${parts} parts`);
  assert.ok(questions > 1000);
});

test('the card of a task of texts shows questions as they are asked, with their steps', async () => {
  const cardOf = async (id: string): Promise<ReturnType<typeof makeTaskCard>['card']> => {
    const row = taskRows.find((each) => each.id === id);
    assert.ok(row);
    return makeTaskCard(row, await row.load(noAssets)).card;
  };
  const reversed = await cardOf('words-reverse-upper');
  assert.ok('texts' in reversed && reversed.texts);
  assert.equal(reversed.texts.samples.length, 4);
  for (const { asked: read, answer, inSteps } of reversed.texts.samples) {
    const [, word = ''] = /^rev upper : (. . .) >$/u.exec(read) ?? [];
    assert.equal(answer, word.split(' ').toReversed().join(' ').toUpperCase());
    assert.equal(inSteps, undefined);
  }
  const pairs = await cardOf('letters-to-digits');
  assert.ok('texts' in pairs && pairs.texts);
  for (const { asked: read } of pairs.texts.samples) assert.match(read, /^([a-l] [0-9] ){11}[a-l]$/u);
  const parity = await cardOf('parity-6');
  assert.ok('texts' in parity && parity.texts);
  for (const { asked: read, answer, inSteps } of parity.texts.samples) {
    assert.match(read, /^parity answer( [01]){6} =$/u);
    assert.match(inSteps?.asked ?? '', /^parity think( [01]){6} =$/u);
    assert.match(inSteps?.answer ?? '', new RegExp(`^([01] ){6}so ${answer}$`, 'u'));
  }
});
