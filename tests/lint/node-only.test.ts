import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeOnlyRule } from '../../scripts/lint/rules/node-only.ts';
import { linesFound } from './rule-on.ts';

test('code that a browser runs is refused modules and files of Node, but not their types', () => {
  const imports = [
    "import { readFile } from 'node:fs/promises';",
    "import fs from 'fs';",
    "const store = await import('./store.node.ts');",
    "import type { Store } from './store.node.ts';",
    "import { a } from './a.ts';",
  ];
  assert.deepEqual(linesFound(nodeOnlyRule, 'src/results/x.ts', imports.join('\n')), [1, 2, 3]);
});

test('files named for Node and the pages that Astro renders are free, islands and workers are not', () => {
  assert.equal(nodeOnlyRule.appliesTo('src/results/store.node.ts'), false);
  assert.equal(nodeOnlyRule.appliesTo('src/site/pages/index.astro'), false);
  assert.equal(nodeOnlyRule.appliesTo('src/site/islands/search.ts'), true);
  assert.equal(nodeOnlyRule.appliesTo('src/site/worker/run.ts'), true);
});
