import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf } from '../../scripts/lint/imports.ts';
import { createSource } from '../../scripts/lint/rule.ts';

const read = (text: string) =>
  importsOf(createSource('src/models/x.ts', text)).map(({ specifier, target, typesOnly }) => ({ specifier, target, typesOnly }));

test('every way of naming a module is seen', () => {
  const forms = [
    "import a from './a.ts';",
    "import './a.ts';",
    "import { a, type B } from './a.ts';",
    "import * as a from './a.ts';",
    "export { a } from './a.ts';",
    "export * from './a.ts';",
    "const a = await import('./a.ts');",
    "new Worker(new URL('./a.ts', import.meta.url));",
  ];
  for (const form of forms) {
    assert.deepEqual(read(form), [{ specifier: './a.ts', target: 'src/models/a.ts', typesOnly: false }], form);
  }
});

test('imports of types alone are told apart', () => {
  const forms = [
    "import type A from './a.ts';",
    "import type { A, B } from './a.ts';",
    "import { type A, type B } from './a.ts';",
    "export type { A } from './a.ts';",
    "type A = typeof import('./a.ts');",
  ];
  for (const form of forms) assert.equal(read(form)[0]?.typesOnly, true, form);
});

test('a package has no target, and other strings are no imports', () => {
  assert.deepEqual(read("import { z } from 'zod';"), [{ specifier: 'zod', target: undefined, typesOnly: false }]);
  assert.deepEqual(read("// import './a.ts'\nconst a = \"from './a.ts'\"; f('./a.ts'); new URL('https://a.b');"), []);
});
