import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doorsRule } from '../../scripts/lint/rules/doors.ts';
import { linesFound } from './rule-on.ts';

test('a room is entered by its doors only', () => {
  const imports = [
    "import { a } from '../tensor/index.ts';",
    "import { a } from '../tensor/index.node.ts';",
    "import type { A } from '../tensor/params.ts';",
    "import { a } from '../tensor/kernels/index.ts';",
    "import { a } from './vit.ts';",
  ];
  assert.deepEqual(linesFound(doorsRule, 'src/models/x.ts', imports.join('\n')), [3, 4]);
});

test('scripts come in by the doors too', () => {
  assert.deepEqual(linesFound(doorsRule, 'scripts/x.ts', "import { a } from '../src/bench/plan.ts';"), [1]);
  assert.deepEqual(linesFound(doorsRule, 'scripts/x.ts', "import { a } from '../src/bench/index.ts';"), []);
});
