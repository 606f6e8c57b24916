import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findByName, findEverywhere, hitsInOrder } from '../../src/site/search/find-everywhere.ts';
import type { IndexedPage, SearchSources, TextMatch } from '../../src/site/search/find-everywhere.ts';
import { fromFirstMark, runsOfExcerpt, runsOfTitle } from '../../src/site/search/marked.ts';
import { keyed } from '../../src/site/search/name-matches.ts';
import { pageRecord } from '../../src/site/search/page-record.ts';
import { plainText } from '../../src/site/search/plain-text.ts';
import { recordHtml } from '../../src/site/search/record-html.ts';
import { otherWordings, textQuery, withoutOneWord } from '../../src/site/search/text-query.ts';

test('an entry’s text loses formulas, citations, addresses and marks, and keeps its words', () => {
  const markdown = `## The idea

Counting *only* the **first** guess of $p(x)$ throws [much](../blm/) away :cite[cai2024blm, ye2025list]. About :recall[50 %].

$$\\hat y = f(x)$$

| word | other |
|---|:--:|
| \`a_b\` | two |

- one <b>bold</b>
1. two`;
  assert.equal(plainText(markdown), 'The idea: Counting only the first guess of throws much away. About 50 %. word other ab two one bold two');
});

test('a query is put as the index takes it', () => {
  const put: Readonly<Record<string, string>> = {
    'P-tuning v2': 'Ptuning v2',
    'few-shot': 'few shot',
    'chain-of-thought': 'chain thought',
    'what is the (IA)^3': 'IA3',
    'SA²VP': 'SA2VP',
    'BLM+': 'BLM+',
    'the': 'the',
    '“label map”': '"label map"',
    'λ': 'λ',
  };
  for (const [query, text] of Object.entries(put)) assert.equal(textQuery(query), text);
  assert.ok(otherWordings('KV prompts').includes('key value prompts'));
  assert.ok(otherWordings('context optimisation').includes('context optimization'));
  assert.deepEqual(withoutOneWord('a b c'), ['b c', 'a c', 'a b']);
  assert.deepEqual(withoutOneWord('one'), []);
});

test('marking changes no letter', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '-', 'é', '<', '+', '…') });
  const joined = (runs: readonly { text: string }[]): string => runs.map((run) => run.text).join('');
  fc.assert(fc.property(text, text, (title, query) => assert.equal(joined(runsOfTitle(title, query)), title)));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.stringMatching(/^[a-z ]{1,8}$/), fc.boolean())), (words) => {
      const excerpt = words.map(([word, marked]) => (marked ? `<mark>${word}</mark>` : word)).join('');
      assert.equal(joined(runsOfExcerpt(excerpt)), words.map(([word]) => word).join(''));
      const cut = fromFirstMark(runsOfExcerpt(excerpt), 10);
      assert.ok(joined(runsOfExcerpt(excerpt)).endsWith(joined(cut).replace(/^… /, '')));
    }),
  );
  assert.deepEqual(runsOfExcerpt('a &lt;b&gt; <mark>c</mark>'), [{ text: 'a <b> ', marked: false }, { text: 'c', marked: true }]);
  assert.deepEqual(runsOfTitle('Prefix-Tuning', 'prefix').map(({ marked }) => marked), [true, false, false]);
});

test('a page asks to be found by its main part, and gives its heading, description and lower headings', () => {
  const html = `<html><head><title>T</title><meta name="description" content="Says &quot;this&quot; &amp; that."></head>
    <body><main id="content" data-pagefind-body="true"><h1>The <i>map</i></h1><p>much else</p><h2 id="a">One</h2><h3>Two &lt;b&gt;</h3></main></body></html>`;
  const record = pageRecord(html, 'map/');
  assert.deepEqual(
    { path: record?.path, kind: record?.kind, title: record?.title, summary: record?.summary, text: record?.text },
    { path: 'map/', kind: 'page', title: 'The map', summary: 'Says "this" & that.', text: 'One. Two <b>.' },
  );
  assert.equal(pageRecord(html.replace(' data-pagefind-body="true"', ''), 'map/'), undefined);
});

test('nothing of a record can become markup', () => {
  const nasty = '<script>"&\'</script>';
  const html = recordHtml({ path: 'a/', kind: 'method', title: nasty, aliases: [nasty], terms: [nasty], classed: [nasty], authors: [nasty, nasty], source: nasty, summary: nasty, text: nasty });
  assert.ok(!html.includes('<script'));
  assert.ok(!html.includes('""&'));
});

const page = (url: string, title: string, content: string, word: string): IndexedPage => {
  const words = content.split(' ');
  return {
    url,
    content,
    locations: words.flatMap((each, i) => (each.startsWith(word) ? [i] : [])),
    excerpt: words.map((each) => (each.startsWith(word) ? `<mark>${each}</mark>` : each)).join(' '),
    meta: { title, kind: url.includes('concepts') ? 'concept' : 'method' },
  };
};
const match = (score: number, found: IndexedPage): TextMatch => ({ id: `id of ${found.url.slice(1)}`, score, data: () => Promise.resolve(found) });

function sources(texts: Readonly<Record<string, readonly TextMatch[]>>): SearchSources & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const names = keyed({ to: [['method', 'methods/ilm/', 'ILM', 'id of methods/ilm/', 'q0-0-0-2']], rows: [['ILM', 0, [0]]] });
  return {
    asked,
    names: (start) => Promise.resolve(start.startsWith('i') ? names : keyed({ to: [], rows: [] })),
    texts: (query) => {
      asked.push(query);
      return Promise.resolve(texts[query] ?? []);
    },
    pathOf: (url) => url.slice(1),
  };
}

test('what the query names stands before what only speaks of it, each page once, with its words marked', async () => {
  const answer = await findEverywhere('ilm', sources({ ilm: [match(9, page('/concepts/map/', 'Maps', 'uses ilm often', 'ilm')), match(2, page('/methods/ilm/', 'ILM', 'the ilm method', 'ilm')), match(1, page('/methods/flm/', 'FLM', 'unlike ilm', 'ilm'))] }));
  assert.deepEqual(hitsInOrder(answer).map(({ path }) => path), ['methods/ilm/', 'concepts/map/', 'methods/flm/']);
  assert.deepEqual(answer.groups.map(({ of }) => of), ['named', 'concept', 'method']);
  assert.ok(hitsInOrder(answer).every(({ excerpt }) => excerpt?.includes('<mark>')));
  assert.equal(hitsInOrder(answer)[0]?.of, 'q0-0-0-2');
  assert.deepEqual([answer.total, answer.matched], [3, 'all']);
});

test('names are known before texts', async () => {
  const [hit] = hitsInOrder(await findByName('ILM', sources({})));
  assert.deepEqual([hit?.path, hit?.of], ['methods/ilm/', 'q0-0-0-2']);
});

test('where no page has all words, those that lack one are shown and said to', async () => {
  const found = [match(3, page('/methods/a/', 'A', 'robust maps', 'robust'))];
  const answer = await findEverywhere('robust quasars', sources({ robust: found }));
  assert.deepEqual(hitsInOrder(answer).map(({ path }) => path), ['methods/a/']);
  assert.equal(answer.matched, 'most');
});

test('a long question is answered by pages that have some of its words, the rare ones first', async () => {
  const rare = match(5, page('/methods/rare/', 'Rare', 'an antibody', 'antibody'));
  const common = Array.from({ length: 40 }, (_, i) => match(5, page(`/methods/c${i}/`, `C${i}`, 'a model', 'model')));
  const answer = await findEverywhere('some antibody under unknown model', sources({ antibody: [rare], model: common }));
  assert.equal(hitsInOrder(answer)[0]?.path, 'methods/rare/');
  assert.equal(answer.matched, 'most');
});

test('pages that have only the beginning of a word are not passed off as having the word', async () => {
  const answer = await findEverywhere('goodfelow', sources({ goodfelow: [match(3, page('/methods/a/', 'A', 'a good map', 'good'))] }));
  assert.deepEqual([hitsInOrder(answer), answer.total], [[], 0]);
});

test('a misspelled name is searched as the name, unless pages say what was typed', async () => {
  const bayes = keyed({ to: [['method', 'methods/blm/', 'BLM', 'id of methods/blm/']], rows: [['Bayesian maps', 1, [0]]] });
  const withName = (texts: Readonly<Record<string, readonly TextMatch[]>>): SearchSources => ({ ...sources(texts), names: () => Promise.resolve(bayes) });
  const ofName = [match(3, page('/methods/blm/', 'BLM', 'Bayesian maps of labels', 'Bayesian')), match(2, page('/methods/a/', 'A', 'no Bayesian maps', 'Bayesian'))];
  const meant = await findEverywhere('baysian maps', withName({ 'Bayesian maps': ofName }));
  assert.equal(meant.meant, 'Bayesian maps');
  assert.deepEqual(hitsInOrder(meant).map(({ path }) => path), ['methods/blm/', 'methods/a/']);
  const typed = [match(3, { ...page('/methods/b/', 'B', 'baysian maps', 'baysian'), locations: [0, 1] })];
  const said = await findEverywhere('baysian maps', withName({ 'baysian maps': typed, 'Bayesian maps': ofName }));
  assert.equal(said.meant, 'baysian maps');
  assert.equal(hitsInOrder(said)[0]?.path, 'methods/b/');
});

test('one letter asks for no texts', async () => {
  const asking = sources({});
  await findEverywhere('i', asking);
  assert.deepEqual(asking.asked, []);
});
