import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import type { HTMLElement } from 'node-html-parser';
import type { Work } from '../../src/knowledge/index.ts';
import { startTags, withPolicy } from '../../src/site/index.node.ts';
import { entryMarkdown } from '../../src/site/markdown/index.ts';
import { mathml } from '../../src/site/markdown/maths.ts';
import { mathmlTree } from '../../src/site/markdown/mathml-tree.ts';
import { safeAddress } from '../../src/site/markdown/safe-address.ts';

const hostileWork: Work = {
  key: 'evil2024',
  title: '<img src=x onerror=alert(1)> title',
  authors: ['<script>alert(1)</script>'],
  familyNames: ['Evil<b>'],
  year: 2024,
  venue: '"><svg onload=alert(1)>',
  arxiv: undefined,
  doi: undefined,
  address: 'javascript:alert(1)',
  bibtex: '',
  position: { line: 1, column: 1 },
};

/** What an entry could hold, each with the words that a reader must still see, if any. */
const hostile: readonly (readonly [markdown: string, kept: string])[] = [
  ['# A <script>alert(1)</script> heading', 'heading'],
  ['<script>alert(1)</script>', ''],
  ['words <img src=x onerror=alert(1)> after', 'after'],
  ['<b onclick="alert(1)" style="position:fixed">bold</b>', 'bold'],
  ['<style>*{display:none}</style>', ''],
  ['<iframe src="https://evil.example"></iframe>', ''],
  ['<object data="https://evil.example"></object><embed src=x><base href="https://evil.example/">', ''],
  ['<form action="https://evil.example"><input name=q></form>', ''],
  ['<meta http-equiv="refresh" content="0;url=https://evil.example">', ''],
  ['<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>', ''],
  ['<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>', ''],
  ['<details open ontoggle=alert(1)><summary>x</summary></details>', ''],
  ['<!--><img src=x onerror=alert(1)>-->', ''],
  ['[link](javascript:alert(1))', 'link'],
  ['[link](JaVaScRiPt:alert(1))', 'link'],
  ['[link](java&#115;cript&colon;alert(1))', 'link'],
  ['[link](<java\tscript:alert(1)>)', 'link'],
  ['[link](\u0001javascript:alert(1))', 'link'],
  ['[link](vbscript:x) [again](data:text/html;base64,PHNjcmlwdD4=)', 'again'],
  ['[link](//evil.example/x)', 'link'],
  ['[link](/\\evil.example) [more](\\\\evil.example)', 'more'],
  ['[link](http://plain.example) [more](ftp://x.example)', 'more'],
  ['[link][ref]\n\n[ref]: javascript:alert(1)', ''],
  ['![seen][ref]\n\n[ref]: https://evil.example/x.png', 'seen'],
  ['![seen](https://evil.example/track.png)', 'seen'],
  ['![seen](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)', 'seen'],
  ['![seen](//evil.example/x.png) ![too](javascript:x)', 'seen'],
  ['[![seen](javascript:x)](javascript:y)', ''],
  ['<javascript:alert(1)> <data:text/html,x>', ''],
  ['www.evil.example and http://evil.example and x@evil.example', 'evil.example'],
  [':recall[words]{onclick=alert(1) style="color:red" id=content}', 'words'],
  [':cite[evil2024]{onclick=alert(1)}', 'Evil<b>'],
  [':script[alert(1)] ::iframe{src=https://evil.example} :a[x]{href=javascript:alert(1)}', 'alert(1)'],
  [':::div{onclick=alert(1)}\ninside\n:::', 'inside'],
  ['| a | b |\n|--:|:-:|\n| <script>x</script> | [l](javascript:x) |', 'l'],
  ['Note[^1].\n\n[^1]: <img src=x onerror=alert(1)> foot [x](javascript:1)', 'foot'],
  ['```html\n<script>alert(1)</script>\n```', '<script>alert(1)</script>'],
  ['`<script>alert(1)</script>` &lt;script&gt;', '<script>'],
  ['$\\text{<script>alert(1)</script>}$', '<script>alert(1)</script>'],
  ['$\\color{red}{x}\\boxed{y}\\colorbox{blue}{z}$', 'x'],
  ['$$\\begin{array}{c|c}a&b\\\\\\hline c&d\\end{array}$$', 'd'],
];

const formulasThatReachOut: readonly string[] = [
  '\\href{javascript:alert(1)}{x}',
  '\\url{javascript:alert(1)}',
  '\\includegraphics{https://evil.example/x.png}',
  '\\class{evil}{x}',
  '\\id{content}{x}',
  '\\style{position:fixed}{x}',
  '\\data{a=b}{x}',
  '\\htmlClass{evil}{x}',
];

const harmless: ReadonlySet<string> = new Set([
  'a', 'blockquote', 'br', 'code', 'del', 'div', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'input', 'li', 'ol', 'p', 'pre', 'section',
  'span', 'strong', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
  'math', 'mi', 'mn', 'mo', 'mrow', 'mtable', 'mtd', 'mtext', 'mtr', 'mover', 'mstyle', 'mspace', 'msup', 'msub', 'mpadded', 'menclose',
]);

/** What is wrong with HTML that an entry became. */
function faultsOf(html: string): readonly string[] {
  return parse(html, { comment: true })
    .querySelectorAll('*')
    .flatMap((element: HTMLElement): readonly string[] => {
      const name = element.rawTagName.toLowerCase();
      const attributes = Object.entries(element.attributes).flatMap(([key, value]) => {
        if (/^(on|style$|srcset$|formaction$|xlink)/i.test(key)) return [`${name} has ${key}`];
        if (key === 'src' && !/^\/(?!\/)/.test(value)) return [`${name} loads ${value}`];
        if (key === 'href' && !/^(https:\/\/|#|\.{0,2}\/(?!\/))/.test(value)) return [`${name} leads to ${value}`];
        return [];
      });
      return harmless.has(name) ? attributes : [`<${name}>`, ...attributes];
    });
}

let render: (markdown: string) => Promise<string>;
before(async () => {
  const works = new Map([[hostileWork.key, hostileWork]]);
  const renderer = await entryMarkdown(works, '/atlas/').createRenderer({ syntaxHighlight: false });
  render = async (markdown) => (await renderer.render(markdown)).code;
});

test('whatever an entry holds, its page gets harmless elements, safe addresses and no script, and keeps the words', async () => {
  let examined = 0;
  for (const [markdown, kept] of hostile) {
    const html = await render(markdown);
    assert.deepEqual(faultsOf(html), [], `${markdown}\n${html}`);
    const text = parse(html).text.replaceAll('&#x3C;', '<').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    assert.ok(text.includes(kept), `${markdown}: "${kept}" is not in ${html}`);
    examined += 1;
  }
  assert.ok(examined >= 40, `${examined} pieces`);
});

test('all of it at once is no worse', async () => {
  const html = await render(hostile.map(([markdown]) => markdown).join('\n\n'));
  assert.ok(html.length > 1000);
  assert.deepEqual(faultsOf(html), []);
});

test('a formula can neither link nor load nor name anything', () => {
  for (const tex of formulasThatReachOut) assert.throws(() => mathml(tex), /can't be read/, tex);
  assert.throws(() => mathmlTree('<math><script></script></math>'), /no part of a formula/);
  assert.throws(() => mathmlTree('<math><mi onclick="x" href=\'y\'>x</mi></math>'), /can't be read/);
  assert.deepEqual(mathmlTree('<math onclick="alert(1)" href="javascript:x" style="color:#ff0000;"><mi>x</mi></math>'), [
    { type: 'element', tagName: 'math', properties: { mathcolor: '#ff0000' }, children: [{ type: 'element', tagName: 'mi', properties: {}, children: [{ type: 'text', value: 'x' }] }] },
  ]);
});

test('links of an entry lead over https or into the site, below its base', () => {
  const good = { 'https://a.example/x?y=1#z': 'https://a.example/x?y=1#z', '/methods/vp/': '/atlas/methods/vp/', '../vp/': '../vp/', './x': './x', '#idea': '#idea' };
  for (const [given, wanted] of Object.entries(good)) assert.equal(safeAddress(given, '/atlas/'), wanted);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['http', 'ftp', 'javascript', 'https'] }), fc.constantFrom('javascript:', '//x', '/\\x', 'data:,').chain((start) => fc.string().map((rest) => start + rest))), (given) => {
      const address = safeAddress(given, '/atlas/');
      if (address === undefined) return;
      const to = new URL(address, 'https://atlas.example/atlas/methods/x/');
      assert.equal(to.protocol, 'https:');
      if (!given.startsWith('https://')) assert.equal(to.host, 'atlas.example', given);
    }),
    { numRuns: 500 },
  );
});

const page = (body: string, head = ''): string => `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
const policyOf = (html: string): string => parse(html).querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('a policy names the hash of each inline script and style, and of nothing else', () => {
  const made = withPolicy(
    page('<script type="module">run()</script><script src="/a.js"></script><style>p{}</style>', '<script>first("</style>")</script><script type="application/ld+json">{"a":"<"}</script>'),
  );
  const policy = policyOf(made);
  for (const text of ['first("</style>")', 'run()', 'p{}']) assert.ok(policy.includes(hashOf(text)), text);
  assert.equal(policy.match(/'sha256-/g)?.length, 3);
  assert.match(made, /<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"/);
});

test('a policy allows nothing unsafe, no other host, and no WebAssembly in a page', () => {
  const policy = policyOf(withPolicy(page('')));
  assert.match(policy, /^default-src 'none'; /);
  assert.match(policy, /base-uri 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:|wasm|eval/);
});

test('a page with an inline style or a handler gets no policy but a message', () => {
  assert.throws(() => withPolicy(page('<p style="color:red">x</p>')), /<p style="color:red">: the pages' policy forbids it/);
  assert.throws(() => withPolicy(page('<a title="a > b" onclick=go()>x</a>')), /onclick/);
  assert.throws(() => withPolicy('<p>no head</p>'), /no head/);
  withPolicy(page('<!-- <p style="x"> --><pre>&lt;p style="x"></pre><script>const p = \'<p style="x">\';</script>'));
});

test('start tags are read as a parser reads them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.constantFrom('p', 'a', 'td'), value: fc.string().map((text) => text.replace(/["&\0\r]/g, '')), quote: fc.constantFrom('"', "'") }), { maxLength: 6 }),
      (parts) => {
        const wanted = parts.map(({ name, value, quote }) => ({ name, value: value.replaceAll(quote, '') }));
        const html = wanted.map(({ name, value }, i) => `<${name} data-x=${parts[i]?.quote ?? '"'}${value}${parts[i]?.quote ?? '"'}>text</${name}>`).join('\n');
        const tags = startTags(html);
        assert.deepEqual(tags.map(({ name, attributes }) => ({ name, value: attributes.get('data-x') })), wanted);
        assert.deepEqual(startTags(html, ['a', 'td']).map(({ start }) => start), tags.filter(({ name }) => name !== 'p').map(({ start }) => start));
      },
    ),
  );
});
