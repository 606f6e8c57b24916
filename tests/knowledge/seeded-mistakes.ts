import type { Rule } from '../../src/knowledge/index.ts';

/** One mistake put into the clean catalogue. */
export interface SeededMistake {
  readonly rule: Rule;
  readonly path: string;
  readonly from: string;
  /** What stands there instead. `¦` marks the place at which the mistake must be found, and is no part of the text. */
  readonly to: string;
  /** The place where it isn't in the changed text: a stretch of the spoilt file with `¦` in it. */
  readonly at?: string;
  readonly found?: string;
  readonly suggestion?: string | null;
  readonly fixed?: string | null;
  /** Other mistakes that follow from it, as `path rule`. */
  readonly also?: readonly string[];
}

type Row = Omit<SeededMistake, 'path'>;

const on = (path: string, rows: readonly Row[]): readonly SeededMistake[] => rows.map((row) => ({ path, ...row }));

const closing = '¦---\n\n## The idea';

const inMethod: readonly Row[] = [
  { rule: 'wrong-value', from: 'kind: method', to: 'kind: ¦methd', suggestion: 'method', fixed: 'kind: method' },
  { rule: 'wrong-value', from: 'family: MR', to: 'family: ¦RM', suggestion: 'MR', fixed: 'family: MR' },
  { rule: 'wrong-value', from: '[learnable]', to: '[¦lernable]', suggestion: 'learnable', fixed: 'configuration: [learnable]' },
  { rule: 'wrong-value', from: 'location: [input]', to: 'location: [¦imput]', suggestion: 'input', fixed: 'location: [input]' },
  { rule: 'wrong-value', from: '[additive]', to: '[¦addition]', suggestion: 'additive', fixed: 'operator: [additive]' },
  { rule: 'wrong-value', from: '[additive]', to: '[parametric, "¦additiv"]'.replace('"¦', '¦"'), found: '"additiv"', suggestion: 'additive', fixed: 'operator: [parametric, additive]' },
  { rule: 'wrong-value', from: '[statistical]', to: '[¦statistic]', suggestion: 'statistical', fixed: 'alignment: [statistical]' },
  { rule: 'wrong-value', from: 'operator: [additive]', to: 'operator: ¦[]', fixed: null },
  { rule: 'wrong-value', from: 'operator: [additive]', to: 'operator: ¦additive', fixed: 'operator: [additive]' },
  { rule: 'wrong-value', from: 'modalities: [image]', to: 'modalities: [¦pictures]', fixed: null },
  { rule: 'wrong-value', from: 'modalities: [image]', to: 'modalities:\n  - image\n  - ¦txt', suggestion: 'text', fixed: '  - text' },
  { rule: 'wrong-value', from: 'year: 2023', to: 'year: ¦"2023"', found: '"2023"', fixed: 'year: 2023' },
  { rule: 'wrong-value', from: 'year: 2023', to: 'year: ¦in print', fixed: null },
  { rule: 'wrong-value', from: 'year: 2023', to: 'year: ¦1890', also: ['methods/alpha.md work-mismatch'] },
  { rule: 'wrong-value', from: 'reviewed: 2026-11-20', to: 'reviewed: ¦20 November 2026', fixed: 'reviewed: 2026-11-20' },
  { rule: 'wrong-value', from: 'reviewed: 2026-11-20', to: 'reviewed: ¦2026/11/20', fixed: 'reviewed: 2026-11-20' },
  { rule: 'wrong-value', from: 'reviewed: 2026-11-20', to: 'reviewed: ¦2026-02-30', suggestion: '2026-11-21' },
  { rule: 'wrong-value', from: '  source: derived', to: '  source: ¦derive', suggestion: 'derived', fixed: '  source: derived' },
  { rule: 'wrong-value', from: 'id: alpha\n', to: 'id: ¦Alpha\n', fixed: 'id: alpha' },
  { rule: 'wrong-value', from: 'implementation: src/methods/alpha.ts', to: 'implementation: ¦alpha.ts', fixed: 'implementation: src/methods/alpha.ts' },
  { rule: 'wrong-value', from: 'name: Alpha', to: 'name: ¦7', fixed: 'name: "7"' },
  { rule: 'wrong-value', from: 'summary: Adds a pattern.', to: 'summary: ¦…', fixed: null },
  { rule: 'wrong-value', from: 'is: 300', to: 'is: ¦300.5' },
  { rule: 'wrong-value', from: '    c: channels', to: '    c: ¦3', fixed: '    c: "3"' },
  { rule: 'wrong-value', from: 'authors: [Jane Doe, Richard Roe]', to: 'authors: ¦Jane Doe, Richard Roe', fixed: 'authors: [Jane Doe, Richard Roe]' },
  { rule: 'repeated-value', from: '[additive]', to: '[additive, parametric, ¦additive]', fixed: 'operator: [additive, parametric]' },
  { rule: 'repeated-value', from: '  - the first', to: '  - ¦first letter', fixed: '' },
  { rule: 'repeated-value', from: 'contrasts: [beta]', to: 'contrasts: [beta, ¦beta]', fixed: '  contrasts: [beta]' },
  { rule: 'future-date', from: 'year: 2023', to: 'year: ¦2031', suggestion: '2023', fixed: 'year: 2023', also: ['methods/alpha.md work-mismatch'] },
  { rule: 'future-date', from: 'reviewed: 2026-11-20', to: 'reviewed: ¦2027-01-01', fixed: 'reviewed: 2026-11-21' },
  { rule: 'unknown-field', from: 'summary: Adds', to: '¦sumary: Adds', suggestion: 'summary', fixed: 'summary: Adds a pattern.' },
  { rule: 'unknown-field', from: 'kind: method\n', to: 'kind: method\n¦colour: red\n', suggestion: null, fixed: null },
  { rule: 'unknown-field', from: '    operator: It adds.', to: '    ¦operatr: It adds.', suggestion: 'operator', fixed: '    operator: It adds.' },
  { rule: 'unknown-field', from: '    - count: 300 numbers\n      source', to: '    - count: 300 numbers\n      ¦sorce', suggestion: 'source', fixed: '      source: doe2023alpha' },
  { rule: 'unknown-field', from: 'configuration: [learnable]', to: '¦configuraton: [learnable]', suggestion: 'configuration' },
  { rule: 'missing-field', from: 'kind: method\n', to: '', at: closing, fixed: 'kind: method' },
  { rule: 'missing-field', from: 'id: alpha\n', to: '', at: closing, fixed: 'id: alpha' },
  { rule: 'missing-field', from: 'title: "Alpha: A Test of Übung"\n', to: '', at: closing, fixed: 'title: "Alpha: A Test of Übung"' },
  { rule: 'missing-field', from: 'authors: [Jane Doe, Richard Roe]\n', to: '', at: closing, fixed: 'authors: [Jane Doe, Richard Roe]' },
  { rule: 'missing-field', from: 'year: 2023\n', to: '', at: closing, fixed: 'year: 2023' },
  { rule: 'missing-field', from: 'venue: ICML\n', to: '', at: closing, fixed: 'venue: ICML' },
  { rule: 'missing-field', from: 'operator: [additive]\n', to: '', at: closing, fixed: 'operator: [additive]' },
  { rule: 'missing-field', from: 'summary: Adds a pattern.', to: '¦summary:', fixed: 'summary: …' },
  { rule: 'missing-field', from: '  source: derived\n', to: '', at: '¦classification:\n', fixed: '  source: derived' },
  { rule: 'missing-field', from: '      source: doe2023alpha\n', to: '', at: '    - ¦count: 300', fixed: '      source: …' },
  { rule: 'missing-field', from: '    values: { c: 3, w: 10 }\n    is: 300\n    for: a small picture', to: '    { values: { c: 3, w: 10 }, is: 300 }', at: '    ¦{ values', fixed: '    { values: { c: 3, w: 10 }, is: 300, for: … }' },
  { rule: 'unknown-work', from: 'paper: doe2023alpha', to: 'paper: ¦doe2023alfa', suggestion: 'doe2023alpha', fixed: 'paper: doe2023alpha' },
  { rule: 'unknown-work', from: '      source: doe2023alpha', to: '      source: ¦doe2023', suggestion: 'doe2023alpha', fixed: '      source: doe2023alpha' },
  { rule: 'unknown-work', from: ':cite[doe2023alpha]', to: ':cite[¦doe2023, roe2024beta]', suggestion: 'doe2023alpha' },
  { rule: 'unknown-work', from: ':recall[a guess :cite[roe2024beta]]', to: ':recall[a guess :cite[¦roe2024bet]]', suggestion: 'roe2024beta', fixed: 'About half of it is :recall[a guess :cite[roe2024beta]].' },
  { rule: 'unknown-work', from: ':cite[doe2023alpha]', to: ':cite[roe2024beta,\n¦doe2024alpha]', suggestion: 'doe2023alpha', fixed: 'doe2023alpha].' },
  { rule: 'unknown-work', from: ':cite[doe2023alpha]', to: ':cite[¦]', found: '', fixed: null },
  { rule: 'malformed-address', from: 'https://example.org/alpha\n', to: '¦http://example.org/alpha\n', suggestion: 'https://example.org/alpha', fixed: 'code: https://example.org/alpha' },
  { rule: 'malformed-address', from: 'https://example.org/alpha\n', to: '¦example.org\n' },
  { rule: 'malformed-address', from: 'source: example/alpha:README.md', to: 'source: ¦http://example.org', fixed: '      source: https://example.org' },
  { rule: 'malformed-address', from: 'aliases:\n', to: 'sources:\n  - ¦somewhere\naliases:\n' },
  { rule: 'malformed-address', from: '(../beta/)', to: '(¦http://example.org/)', suggestion: 'https://example.org/' },
  { rule: 'malformed-address', from: '(../beta/)', to: '(¦//example.org/)', suggestion: 'https://example.org/' },
  { rule: 'malformed-address', from: '(../beta/)', to: '(¦beta)', suggestion: '../beta/' },
  { rule: 'malformed-address', from: 'https://example.org/first', to: '¦ftp://example.org/first' },
  { rule: 'malformed-address', from: 'A second paragraph', to: 'A <¦mailto:jane@example.org> second paragraph' },
  { rule: 'dead-link', from: '(../beta/)', to: '(¦../betta/)', suggestion: '../beta/' },
  { rule: 'dead-link', from: '(../beta/)', to: '(¦../beta)', suggestion: '../beta/' },
  { rule: 'dead-link', from: '(../beta/)', to: '(¦../beta.md#top)', suggestion: '../beta/#top' },
  { rule: 'dead-link', from: '(../beta/)', to: '(¦./beta/)', suggestion: '../beta/' },
  { rule: 'dead-link', from: '(../../concepts/gamma/#words)', to: '(¦../../concepts/gama/#words)', suggestion: '../../concepts/gamma/#words' },
  { rule: 'dead-link', from: '(../../concepts/gamma/#words)', to: '(¦../../methods/gamma/#words)' },
  { rule: 'dead-link', from: '(../../concepts/gamma/#words)', to: '(¦../../../concepts/gamma/)', suggestion: '../../concepts/gamma/' },
  { rule: 'unknown-method', from: 'contrasts: [beta]', to: 'contrasts: [¦betta]', suggestion: 'beta', fixed: '  contrasts: [beta]' },
  { rule: 'unknown-method', from: 'contrasts: [beta]', to: 'contrasts: [¦alpha]', fixed: null },
  { rule: 'cycle', from: 'contrasts: [beta]', to: 'extends: [¦beta]', fixed: null, also: ['methods/beta.md cycle'] },
  { rule: 'formula', from: 'formula: c * w^2', to: 'formula: ¦c * w^' },
  { rule: 'formula', from: 'formula: c * w^2', to: 'formula: ¦c * (w^2', suggestion: 'c * (w^2)' },
  { rule: 'formula', from: 'formula: c * w^2', to: 'formula: c * w^2 * ¦z', found: 'z' },
  { rule: 'formula', from: 'is: 300', to: 'is: ¦301', suggestion: '300', fixed: '    is: 300' },
  { rule: 'formula', from: '{ c: 3, w: 10 }', to: '{ c: 3 }', at: '    ¦values:' },
  { rule: 'formula', from: 'formula: c * w^2', to: `formula: ¦${'c + '.repeat(200)}c` },
  { rule: 'work-mismatch', from: '"Alpha: A Test of Übung"', to: '¦Alpha, an Essay', fixed: 'title: "Alpha: A Test of Übung"' },
  { rule: 'work-mismatch', from: 'year: 2023', to: 'year: ¦2022', suggestion: '2023', fixed: 'year: 2023' },
  { rule: 'sets-of-a-rival', from: 'family: MR', to: 'family: PCA', at: '¦classification:', also: ['configuration', 'location', 'operator', 'alignment'].map(() => 'methods/alpha.md sets-of-a-rival') },
  { rule: 'file-name', from: 'id: alpha\n', to: 'id: ¦alfa\n', suggestion: 'alpha', fixed: 'id: alpha' },
  { rule: 'no-front-matter', from: '---\nid: alpha', to: '¦id: alpha', found: 'id: alpha', fixed: '---\nid: alpha' },
  { rule: 'no-front-matter', from: '---\n\n## The idea', to: '¦\n## The idea', fixed: '---' },
  { rule: 'yaml-syntax', from: 'authors: [Jane Doe, Richard Roe]', to: 'authors: [Jane Doe, Richard Roe¦', fixed: 'authors: [Jane Doe, Richard Roe]' },
  { rule: 'yaml-syntax', from: '"Alpha: A Test of Übung"', to: '¦Alpha: A Test of Übung', fixed: 'title: "Alpha: A Test of Übung"' },
  { rule: 'yaml-syntax', from: '"Alpha: A Test of Übung"', to: '"Alpha: A Test of Übung¦', fixed: 'title: "Alpha: A Test of Übung"' },
  { rule: 'yaml-syntax', from: 'kind: method', to: '¦kind:method', fixed: 'kind: method' },
  { rule: 'yaml-syntax', from: '  where:', to: '¦\twhere:', fixed: '  where:' },
  { rule: 'yaml-syntax', from: 'summary: Adds a pattern.', to: 'summary: ¦*Adds a pattern.', fixed: 'summary: "*Adds a pattern."' },
  { rule: 'yaml-syntax', from: 'kind: method\nconfiguration', to: 'kind: method\n¦ configuration', fixed: 'configuration: [learnable]' },
  { rule: 'repeated-field', from: 'kind: method\n', to: 'kind: method\n¦kind: method\n', fixed: null },
  { rule: 'unsafe-html', from: 'A second paragraph', to: '¦<script>alert(1)</script> A second paragraph', also: ['methods/alpha.md unsafe-html'] },
  { rule: 'unsafe-html', from: 'A second paragraph', to: 'A ¦<img\nsrc=x\nonerror=alert(1)> second paragraph', found: '<img' },
  { rule: 'unsafe-html', from: 'A second paragraph', to: 'A ¦<svg/onload=alert(1) second paragraph' },
  { rule: 'unsafe-html', from: 'A second paragraph', to: 'A ¦<!-- hidden --> second paragraph' },
  { rule: 'unsafe-html', from: 'A second paragraph', to: 'A second ¦<b onclick=x>paragraph' },
  { rule: 'unsafe-html', from: '(../beta/)', to: '(¦javascript:alert(1))' },
  { rule: 'unsafe-html', from: '(../beta/)', to: '(¦JaVa&#115;cript&colon;alert(1))' },
  { rule: 'unsafe-html', from: '(../beta/)', to: '(<¦java\\script\\:alert(1)>)'.replace('java\\script', 'javascript') },
  { rule: 'unsafe-html', from: '(../beta/)', to: '( \n¦vbscript:x "title")' },
  { rule: 'unsafe-html', from: 'A second paragraph', to: 'A second ![picture](¦data:text/html;base64,PHNjcmlwdD4=) paragraph' },
  { rule: 'unsafe-html', from: 'A second paragraph', to: 'A <¦javascript:alert(1)> second paragraph' },
  { rule: 'unsafe-html', from: 'https://example.org/first', to: '¦javascript:alert(1)' },
  { rule: 'unsafe-html', from: 'A second paragraph', to: 'A second paragraph ¦j&#97;vascript:alert(1)' },
  { rule: 'unsafe-html', from: '`<code>`', to: '`a ``\n¦<i>b</i> c', also: ['methods/alpha.md unsafe-html'] },
  { rule: 'unsafe-html', from: '| $x < y$ | two |', to: '| ` | ¦<b>` |' },
  { rule: 'unsafe-html', from: '```js\n', to: '    ```js\n', at: '¦<script>', also: ['methods/alpha.md unsafe-html', 'methods/alpha.md missing-section'] },
  { rule: 'unsafe-html', from: 'summary: Adds a pattern.', to: 'summary: Adds ¦<script>alert(1)</script>.' },
  { rule: 'unsafe-html', from: '    operator: It adds.', to: '    operator: ¦javascript&#58;alert(1)' },
  { rule: 'unknown-directive', from: ':cite[doe2023alpha]', to: '¦:cit[doe2023alpha]', suggestion: ':cite[doe2023alpha]', fixed: 'Adds a learned pattern to every picture :cite[doe2023alpha].' },
  { rule: 'unknown-directive', from: ':recall[a guess', to: '¦:remember[a guess' },
  { rule: 'unknown-directive', from: ':cite[doe2023alpha]', to: '¦:cite(doe2023alpha)', fixed: null },
  { rule: 'unknown-directive', from: ':cite[doe2023alpha]', to: '¦::cite[doe2023alpha]', suggestion: ':cite[doe2023alpha]' },
  { rule: 'unknown-directive', from: ':cite[doe2023alpha]', to: ':cite[doe2023alpha] ¦:recall[x]{onclick="x"}' },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:measured[second] paragraph', found: ':measured[second]', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:measured[second]{table=t row=r} paragraph', found: ':measured[second]{table=t row=r}', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:measured[second]{table=t row=r column=c row=s} paragraph', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:measured[second]{table=t row=r,a=1 column=c} paragraph', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:measured[second]{table=t row=r column="c} paragraph', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:measured[second]{table=t row=r column=c onclick=x} paragraph', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:measured[98.1 %]{table=t row=r column=c} paragraph', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:measured[]{table=t row=r column=c} paragraph', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦::measured[second]{table=t row=r column=c} paragraph', fixed: null },
  { rule: 'unknown-directive', from: 'A second paragraph', to: 'A ¦:mesured[second]{table=t row=r column=c} paragraph', fixed: null },
  { rule: 'missing-section', from: '## Settings', to: '## Set-up', at: '¦## Watch out', fixed: '## Settings' },
  { rule: 'missing-section', from: "## The method in the survey's form", to: '## Equation', at: '¦## Algorithm', fixed: "## The method in the survey's form" },
  { rule: 'not-utf8', from: 'first letter', to: 'first ¦\ufffdetter' },
];

const inRival: readonly Row[] = [
  { rule: 'malformed-address', from: 'code: none found', to: 'code: ¦none', suggestion: 'none found', fixed: 'code: none found' },
  { rule: 'duplicate-name', from: 'name: Beta', to: 'name: ¦ALPHA', fixed: null },
  { rule: 'sets-of-a-rival', from: 'kind: baseline', to: 'kind: baseline\n¦location: [hidden]', fixed: '' },
  { rule: 'missing-field', from: 'trainable:\n  formula: d * k + k\n  where:\n    d: width\n    k: classes', to: 'trainable:\n  where:\n    d: width', at: '¦trainable:', fixed: '  unknown: …' },
  { rule: 'empty-body', from: 'Trains a new last layer.', to: ':cite[roe2024beta] `code` $x_{yz}$', at: '¦---\n\n:cite', fixed: null },
];

const inConcept: readonly Row[] = [
  { rule: 'empty-body', from: 'What gamma means :cite[roe2024beta, doe2023alpha].', to: '# Gamma', at: '¦---\n\n# Gamma' },
  { rule: 'wrong-value', from: 'order: 1', to: 'order: ¦first', fixed: null },
  { rule: 'wrong-value', from: 'group: words', to: 'group: ¦word', suggestion: 'words', fixed: 'group: words' },
  { rule: 'unknown-method', from: '[alpha, beta]', to: '[alpha, ¦betas]', suggestion: 'beta', fixed: '    methods: [alpha, beta]' },
  { rule: 'unknown-concept', from: 'concept: gamma', to: 'concept: ¦gama', suggestion: 'gamma', fixed: '    concept: gamma' },
  { rule: 'unknown-work', from: '    source: roe2024beta', to: '    source: ¦roe2024', suggestion: 'roe2024beta', fixed: '    source: roe2024beta' },
  { rule: 'unknown-field', from: '    here: method', to: '    ¦her: method', suggestion: 'here', fixed: '    here: method' },
];

const inPaper: readonly Row[] = [
  { rule: 'unknown-work', from: 'work: doe2023alpha', to: 'work: ¦doe2023alph', suggestion: 'doe2023alpha', fixed: '  - work: doe2023alpha' },
  { rule: 'unknown-method', from: 'methods: [alpha]', to: 'methods: [¦alfa]', suggestion: 'alpha', fixed: '    methods: [alpha]' },
  { rule: 'work-mismatch', from: 'title: Delta', to: 'title: ¦Epsilon', suggestion: 'Delta', fixed: 'title: Delta' },
  { rule: 'missing-section', from: '## In detail\n\n', to: '', at: '¦## What to take away', fixed: '## In detail' },
  { rule: 'missing-section', from: '## Limits\n\nSeven.\n', to: '', at: 'Six.\n\n¦', fixed: '## Limits' },
  { rule: 'wrong-value', from: 'read: full text', to: 'read: ¦full', suggestion: 'full text', fixed: 'read: full text' },
];

const inTask: readonly Row[] = [
  { rule: 'wrong-value', from: 'generated: true', to: 'generated: ¦yes', fixed: 'generated: true' },
  { rule: 'malformed-address', from: 'source: made by this project', to: 'source: ¦by us' },
];

const inBibliography: readonly Row[] = [
  { rule: 'malformed-identifier', from: 'doi = {10.1000/beta}', to: 'doi = {¦https://doi.org/10.1000/beta}', suggestion: '10.1000/beta', fixed: '  doi = {10.1000/beta},' },
  { rule: 'malformed-identifier', from: 'eprint = {2301.00001}', to: 'eprint = {¦arXiv:2301.00001}', fixed: '  eprint = {2301.00001},' },
  { rule: 'malformed-identifier', from: 'eprint = {2301.00001}', to: 'eprint = {¦2313.00001}', suggestion: null },
  { rule: 'malformed-identifier', from: '@misc{doe2022delta,', to: '@misc{¦doe2022dé,', suggestion: 'doe2022de', also: ['papers/delta.md unknown-work'] },
  { rule: 'malformed-address', from: 'url = {https://example.org/delta}', to: 'url = {¦http://example.org/delta}', fixed: '  url = {https://example.org/delta},' },
  { rule: 'duplicate-work', from: 'title = {Beta}', to: 'title = {¦alpha -- a test of Ubung}', fixed: null, also: ['methods/beta.md work-mismatch'] },
  { rule: 'duplicate-work', from: 'url = {https://example.org/delta}', to: 'doi = {¦10.1000/BETA}' },
  { rule: 'duplicate-work', from: 'url = {https://example.org/delta}', to: 'eprint = {¦2301.00001v3}' },
  { rule: 'repeated-key', from: '@misc{doe2022delta,', to: '@misc{¦roe2024beta,', also: ['papers/delta.md unknown-work'] },
  { rule: 'missing-field', from: '  author = {Roe, Richard},\n', to: '', at: '¦@article{roe', fixed: '  author = {Family, Given and Family, Given},' },
  { rule: 'missing-field', from: '  year = {2023},\n', to: '', at: '¦@inproceedings{doe', fixed: '  year = {2023},' },
  { rule: 'wrong-value', from: '@article{', to: '@¦artcle{', suggestion: 'article', fixed: '@article{roe2024beta,' },
  { rule: 'wrong-value', from: 'year = {2022}', to: 'year = {¦2022a}' },
  { rule: 'future-date', from: 'year = {2022}', to: 'year = {¦2035}' },
  { rule: 'bibtex-syntax', from: 'author = {Roe, Richard}', to: 'author ¦{Roe, Richard}', fixed: '  author = {Roe, Richard},' },
  { rule: 'bibtex-syntax', from: 'title = {Beta},', to: 'title = {Beta}¦', fixed: '  title = {Beta},' },
  { rule: 'bibtex-syntax', from: 'title = {Beta},', to: 'title = {Beta,¦', fixed: '  title = {Beta},' },
  { rule: 'bibtex-syntax', from: '@article{roe2024beta,', to: '@article{roe2024beta¦', fixed: '@article{roe2024beta,' },
  { rule: 'bibtex-syntax', from: '  doi = {10.1000/beta},\n}', to: '  doi = {10.1000/beta},¦', fixed: '  doi = {10.1000/beta},\n}' },
  { rule: 'bibtex-syntax', from: 'title = {Delta}', to: 'title = {¦Del$ta}', fixed: null },
  { rule: 'bibtex-syntax', from: '@misc{doe2022delta', to: '¦stray words\n\n@misc{doe2022delta', fixed: '' },
];

/** Mistakes of every rule but those about whole files. */
export const seededMistakes: readonly SeededMistake[] = [
  ...on('methods/alpha.md', inMethod),
  ...on('methods/beta.md', inRival),
  ...on('concepts/gamma.md', inConcept),
  ...on('papers/delta.md', inPaper),
  ...on('tasks/epsilon.md', inTask),
  ...on('references.bib', inBibliography),
];
