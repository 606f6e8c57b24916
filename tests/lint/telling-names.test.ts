import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellingNamesRule } from '../../scripts/lint/rules/telling-names.ts';
import { linesFound } from './rule-on.ts';

test('folders and files that say nothing are found, others pass', () => {
  for (const path of ['src/utils/a.ts', 'src/models/helpers.ts', 'tests/common/x.test.ts', 'scripts/misc.mjs', 'src/Util.ts']) {
    assert.deepEqual(linesFound(tellingNamesRule, path, ''), [1], path);
  }
  assert.deepEqual(linesFound(tellingNamesRule, 'src/models/common-shape.ts', ''), []);
});
