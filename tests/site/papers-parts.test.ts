import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCatalogue } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { citationGraph, citationKinds } from '../../src/site/components/papers/citation-graph.ts';
import { citingPages } from '../../src/site/components/papers/citing-pages.ts';
import { splitSections } from '../../src/site/components/papers/split-sections.ts';
import { examined } from './examined.ts';

const catalogue = parseCatalogue(readContentFolder(join(import.meta.dirname, '..', '..', 'content')));

test('the parts of a text are the text, each from its heading on', () => {
  const part = fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^(<p>[a-z ]*<\/p>|<h3 id="x">y<\/h3>){1,3}$/));
  fc.assert(
    fc.property(fc.stringMatching(/^(<p>[a-z]+<\/p>)?$/), fc.array(part, { maxLength: 5 }), (opening, parts) => {
      const html = opening + parts.map(([id, body]) => `<h2 id="${id}">${id}</h2>${body}`).join('');
      const sections = splitSections(html);
      assert.equal(sections.map((section) => section.html).join(''), html);
      assert.deepEqual(sections.map(({ id }) => id), [...(opening === '' ? [] : ['']), ...parts.map(([id]) => id)]);
    }),
  );
});

test('a work leads back to every page whose entry names its key, and to no other', (t) => {
  const citing = citingPages(catalogue);
  const { methods, concepts, papers, models, tasks } = catalogue;
  let examinedPages = 0;
  for (const [folder, entries] of Object.entries({ methods, concepts, papers, models, tasks })) {
    for (const { data, text } of entries) {
      const path = `${folder}/${data.id}/`;
      const words = new Set(`${JSON.stringify(data)} ${text}`.split(/[^\w-]+/));
      const named = [...citing.keys()].filter((key) => words.has(key));
      assert.deepEqual([...citing].filter(([, pages]) => pages.some((page) => page.path === path)).map(([key]) => key), named, path);
      examinedPages += 1;
    }
  }
  examined(t, examinedPages, 250, 'pages');
});

test('every work of the bibliography is cited somewhere', (t) => {
  const citing = citingPages(catalogue);
  examined(t, citing.size, 200, 'works');
  assert.deepEqual([...citing].filter(([, pages]) => pages.length === 0).map(([key]) => key), []);
});

test('sources that front matter names are keys of the bibliography', (t) => {
  const named = [
    ...catalogue.papers.flatMap(({ data }) => data.buildsOn.map(({ work }) => `papers/${data.id}: ${work}`)),
    ...catalogue.concepts.flatMap(({ data }) => (data.terms ?? []).map(({ source }) => `concepts/${data.id}: ${source}`)),
    ...catalogue.models.flatMap(({ data }) => (data.accuracy ?? []).map(({ source }) => `models/${data.id}: ${source}`)),
  ];
  examined(t, named.length, 60, 'sources');
  assert.deepEqual(named.filter((each) => !catalogue.works.has(each.split(': ')[1] ?? '')), []);
});

test("a paper's graph has a node for each work it builds on and one for itself, and a line from each to it", (t) => {
  const methods = new Map(catalogue.methods.map(({ data }) => [data.id, data]));
  let works = 0;
  for (const { data } of catalogue.papers) {
    const { nodes, edges } = citationGraph(data, catalogue.works, methods);
    const named = data.buildsOn.map(({ work }) => work);
    assert.deepEqual(nodes.map(({ id }) => id), [...named, data.paper]);
    assert.deepEqual(nodes.filter(({ isSubject }) => isSubject).map(({ id }) => id), [data.paper]);
    assert.deepEqual(edges.filter(({ kind }) => kind === 'foundation').map(({ from, to }) => [from, to]), named.map((work) => [work, data.paper]));
    for (const { from, to, kind } of edges) {
      assert.ok(kind in citationKinds, kind);
      assert.ok(named.includes(from) && (to === data.paper || named.includes(to)), `${from} → ${to}`);
    }
    for (const [i, { methods: ids = [] }] of data.buildsOn.entries()) {
      assert.equal(nodes[i]?.path, ids[0] === undefined ? `papers/all/#${named[i]}` : `methods/${ids[0]}/`);
    }
    works += named.length;
  }
  examined(t, works, 20, 'works');
});

test('a paper that builds on an entry or a work that is not there is refused', () => {
  const paper = catalogue.papers[0]?.data;
  assert.ok(paper);
  const of = (work: string, methods: string[]) => ({ ...paper, buildsOn: [{ work, methods, why: 'x' }] });
  const known = [...catalogue.works.keys()][0] ?? '';
  assert.throws(() => citationGraph(of('nobody1900', []), catalogue.works, new Map()), /nobody1900/);
  assert.throws(() => citationGraph(of(known, ['no-such-entry']), catalogue.works, new Map()), /no-such-entry/);
});
