import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCatalogue } from '../../scripts/new/catalogue.ts';
import type { Talk } from '../../scripts/new/conversation.ts';
import { AlreadyThere, interviewFor } from '../../scripts/new/interview.ts';
import { readFlags } from '../../scripts/new/read-flags.ts';
import { composeEntry, methodSchema, splitFrontMatter, statedClass, validateContent } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';

const project = join(import.meta.dirname, '..', '..');
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A copy of the committed content that a test may write into. */
function contentCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-new-'));
  folders.push(folder);
  cpSync(join(project, 'content'), folder, { recursive: true });
  return folder;
}

/** Every file of a folder with its text. */
const snapshot = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).map((each) => [join(each.parentPath, each.name), readFileSync(join(each.parentPath, each.name), 'utf8')]));

const flags = [
  '--frozen', 'yes', '--configuration', 'learnable', '--location', 'input,hidden', '--operator', 'additive', '--alignment', 'statistical',
  '--modalities', 'image', '--name', 'Testing Prompt+', '--summary', 'Lays a test pattern over every picture.',
  '--arxiv', '2601.12345', '--title', 'A Test: Patterns of No Meaning', '--authors', 'Jane van Doe; Richard Roe', '--year', '2026',
  '--formula', 'c * w', '--where', 'c=channels; w=width', '--does', 'It lays a pattern over the picture.', '--why-operator', 'The pattern is added.',
];

const run = (root: string, args: readonly string[], input = '') =>
  spawnSync(process.execPath, [join(project, 'scripts', 'new.ts'), '--root', root, ...args], { encoding: 'utf8', input });

/** Somebody who types these lines and writes down what is said. */
function script(lines: readonly string[]): Talk & { readonly said: string[] } {
  const said: string[] = [];
  const left = [...lines];
  return {
    said,
    say: (text) => void said.push(text),
    ask: async (prompt) => {
      said.push(prompt);
      const line = left.shift();
      assert.notEqual(line, undefined, `nobody answers "${prompt}"`);
      return line ?? '';
    },
  };
}

test('answers as options give a valid entry and its work, and touch nothing else', () => {
  const root = contentCopy();
  const before = snapshot(root);
  const { status, stderr } = run(root, flags);
  assert.equal(status, 0, stderr);
  const { errors } = validateContent(readContentFolder(root), { today: '9999-12-31' });
  assert.deepEqual(errors.filter(({ file }) => /testing-prompt|references/.test(file)), []);
  const entry = methodSchema.parse(splitFrontMatter(readFileSync(join(root, 'methods', 'testing-prompt-plus.md'), 'utf8'))?.document.toJS());
  assert.deepEqual(statedClass(entry), { configuration: ['learnable'], location: ['input', 'hidden'], operator: ['additive'], alignment: ['statistical'] });
  const changed = Object.entries(snapshot(root)).filter(([path, text]) => before[path] !== text).map(([path]) => path.slice(root.length + 1));
  assert.deepEqual(changed.toSorted(), [join('methods', 'testing-prompt-plus.md'), 'references.bib'].toSorted());
  assert.ok(readFileSync(join(root, 'references.bib'), 'utf8').startsWith(before[join(root, 'references.bib')]?.trimEnd() ?? 'nothing'));
});

test('without a terminal all missing answers are named at once and nothing is written', () => {
  const root = contentCopy();
  const before = snapshot(root);
  const { status, stderr } = run(root, ['--frozen', 'yes', '--configuration', 'learnable']);
  assert.equal(status, 2);
  for (const flag of ['--location', '--operator', '--alignment', '--modalities', '--summary', '--name', '--bibtex', '--does']) assert.match(stderr, new RegExp(flag));
  assert.doesNotMatch(stderr, /    at /);
  assert.deepEqual(snapshot(root), before);
});

test('nothing is overwritten: a name that is taken is refused', () => {
  const root = contentCopy();
  const before = snapshot(root);
  const { status, stderr } = run(root, flags.map((each) => (each === 'Testing Prompt+' ? 'ilm VP' : each)));
  assert.equal(status, 2);
  assert.match(stderr, /ilm-vp\.md/);
  assert.deepEqual(snapshot(root), before);
});

test('wrong answers are told in a sentence, with what is allowed', () => {
  const root = contentCopy();
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['--location', 'inside', /input, embedding, hidden/],
    ['--formula', 'c *', /Letters, numbers/],
    ['--arxiv', '12', /2203\.12119/],
    ['--frozen', 'maybe', /yes or no/],
    ['--modalities', 'smell', /image/],
  ];
  for (const [flag, value, reason] of wrong) {
    const args = [...flags];
    args[args.indexOf(flag) + 1] = value;
    const { status, stderr } = run(root, args);
    assert.equal(status, 2, flag);
    assert.match(stderr, reason);
  }
  assert.equal(run(root, ['--nmae', 'x']).status, 2);
  assert.equal(run(root, ['--bibtex', join(root, 'nowhere.bib')]).status, 2);
});

test('a dry run shows the entry and writes nothing; --json gives an account; BibTeX comes through the input', () => {
  const root = contentCopy();
  const before = snapshot(root);
  const dry = run(root, [...flags, '--dry-run']);
  assert.equal(dry.status, 0, dry.stderr);
  assert.match(dry.stdout, /^---\nid: testing-prompt-plus/);
  assert.deepEqual(snapshot(root), before);
  const withoutPaper = flags.filter((_, i) => !['--arxiv', '--title', '--authors', '--year'].includes(flags[i] ?? '') && !['--arxiv', '--title', '--authors', '--year'].includes(flags[i - 1] ?? ''));
  const piped = run(root, [...withoutPaper, '--bibtex', '-', '--json'], '@misc{x, title={A Test of Pipes}, author={Doe, Jane}, year={2026}, eprint={2601.00009}}');
  assert.equal(piped.status, 0, piped.stderr);
  const account = JSON.parse(piped.stdout);
  assert.deepEqual([account.written, account.id, account.key], [true, 'testing-prompt-plus', 'doe2026test']);
});

test('a person is asked in plain words, corrected where an answer makes no sense, and told what each answer means', async () => {
  const catalogue = readCatalogue(contentCopy());
  const talk = script([
    '1', // frozen
    '', '9', '1', // learned: an empty and a wrong answer are asked again
    '1', '1', '3', // input, additive, statistical
    '', '', '', '', // no reasons
    '1', // image
    'Counts labels under a pattern.', // summary
    '', // none of the three
    'ILM-VP', 'Talking Prompt', // a taken name, then a free one
    '', // the usual family
    'Talking to Programs', '2601.55555', 'Talking to Programs', 'Jane Doe', '2026', '', // neither BibTeX nor a number, then a number and the rest by hand
    'example.org', '', // a wrong address, then none
    'p *', 'p', 'number of pixels', // a broken formula, then one with a letter
    'It talks.', '', '',
  ]);
  const { sought } = readFlags([]);
  const answers = await interviewFor(sought, catalogue, talk, '2026-11-21');
  assert.deepEqual(answers.class, { configuration: ['learnable'], location: ['input'], operator: ['additive'], alignment: ['statistical'] });
  assert.deepEqual([answers.id, answers.family, answers.paper.key, answers.code], ['talking-prompt', 'MR', 'doe2026talking', 'none found']);
  assert.deepEqual(answers.trainable, { formula: 'p', where: { p: 'number of pixels' } });
  const said = talk.said.join('\n');
  for (const promise of [/Nearest in the catalogue/, /→ statistical: /, /There is an entry of that name/, /starts with https/, /BibTeX starts with @/]) assert.match(said, promise);
  methodSchema.parse(splitFrontMatter(composeEntry(answers).text)?.document.toJS());
});

test('who finds the method among the nearest is led to it', async () => {
  const catalogue = readCatalogue(contentCopy());
  const ilm = catalogue.methods.find(({ id }) => id === 'ilm-vp');
  const talk = script(['1', '1', '1', '1', '3', '', '', '', '', '1', ilm?.summary ?? '', '1']);
  await assert.rejects(interviewFor(readFlags([]).sought, catalogue, talk, '2026-11-21'), (error: unknown) => error instanceof AlreadyThere);
});

test('a rival is asked for no class', async () => {
  const catalogue = readCatalogue(contentCopy());
  const talk = script(['2', '3', 'Trains an inner layer.', '', 'Inner layer', '@misc{a, title={Inner Layers}, author={Doe, Jane}, year={2026}, eprint={2601.00077}}', '', '', '', 'It trains.', '', '']);
  const answers = await interviewFor(readFlags([]).sought, catalogue, talk, '2026-11-21');
  assert.equal(answers.family, 'PCA');
  assert.equal(answers.class, undefined);
  assert.doesNotMatch(composeEntry(answers).text, /configuration|classification/);
});
