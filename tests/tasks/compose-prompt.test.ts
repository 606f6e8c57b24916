import assert from 'node:assert/strict';
import test from 'node:test';
import { answerText, asked, promptText } from '../../src/tasks/index.ts';
import type { PromptParts, Question, Wording } from '../../src/tasks/index.ts';

const wording: Wording = {
  opening: 'map :',
  instruction: 'Add the numbers.',
  ask: 'Q: {question}\nA:',
  askSteps: 'Q: {question}\nThink:',
  delimiter: ' ',
  end: ' ;',
  between: '\n\n',
  therefore: ' so ',
};
const [first, second]: readonly [Question, Question] = [
  { question: '1 + 1', answer: '2', steps: 'one more than 1' },
  { question: '2 + 1', answer: '3', steps: 'one more than 2' },
];

const none: PromptParts = { instruction: false, steps: false, demonstrations: [] };
const { opening: _, ...unopened } = wording;

test('a prompt is opening, instruction, demonstrations and question, in this order', () => {
  const cases: readonly (readonly [Wording, PromptParts, string])[] = [
    [unopened, none, 'Q: 5 + 5\nA:'],
    [wording, none, 'map :\n\nQ: 5 + 5\nA:'],
    [unopened, { ...none, instruction: true }, 'Add the numbers.\n\nQ: 5 + 5\nA:'],
    [unopened, { ...none, steps: true }, 'Q: 5 + 5\nThink:'],
    [
      wording,
      { instruction: true, steps: false, demonstrations: [second, first] },
      'map :\n\nAdd the numbers.\n\nQ: 2 + 1\nA: 3 ;\n\nQ: 1 + 1\nA: 2 ;\n\nQ: 5 + 5\nA:',
    ],
    [unopened, { ...none, steps: true, demonstrations: [first] }, 'Q: 1 + 1\nThink: one more than 1 so 2 ;\n\nQ: 5 + 5\nThink:'],
    [{ ...unopened, end: '', between: ' ', ask: '{question}' }, { ...none, demonstrations: [first] }, '1 + 1 2 5 + 5'],
  ];
  for (const [words, parts, expected] of cases) assert.equal(promptText(words, '5 + 5', parts), expected);
});

test('what a demonstration shows behind its question is what a model is to write behind one', () => {
  for (const steps of [false, true]) {
    const parts = { ...none, steps };
    const shown = promptText(unopened, second.question, { ...parts, demonstrations: [first] });
    const alone = `${promptText(unopened, first.question, parts)}${answerText(unopened, first, steps)}`;
    assert.equal(shown, `${alone}\n\n${promptText(unopened, second.question, parts)}`);
  }
});

test('the words of a question are put in as they are, a slot among them too', () => {
  assert.equal(asked('<{question}>', '$& {question} $1'), '<$& {question} $1>');
});

test('a template without its slot or with two, an instruction or steps where there are none are refused in one sentence', () => {
  const refuses = (act: () => unknown, message: string): void => assert.throws(act, (error) => error instanceof RangeError && error.message === message);
  refuses(() => promptText({ ...wording, ask: 'Q: question' }, '1', none), 'A template needs exactly one {question}; "Q: question" has 0.');
  refuses(() => promptText({ ...wording, ask: '{question} {question}' }, '1', none), 'A template needs exactly one {question}; "{question} {question}" has 2.');
  refuses(
    () => promptText({ ...wording, instruction: null }, '1', { ...none, instruction: true }),
    'The task has no instruction in words: choose a method that shows or learns.',
  );
  const { askSteps: __, ...direct } = wording;
  refuses(() => promptText(direct, '1', { ...none, steps: true }), 'The task has no steps to its answers: choose a method without steps.');
});
