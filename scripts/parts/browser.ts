import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { combine, failure, type Outcome, type Part } from './part.ts';
import { root } from './root.ts';
import { runTests } from './run-tests.ts';
import { buildSite } from './site.ts';
import { testFiles } from './test-files.ts';

/** The built site and the engine in a real browser. */
export const browser: Part = {
  name: 'browser',
  describes: 'the pages and the engine work in a browser',
  async run(options) {
    const outcomes: Outcome[] = [];
    if (!existsSync(join(root, 'dist', 'index.html'))) {
      const built = await buildSite(options.signal);
      outcomes.push(built);
      if (built.failed > 0) return built;
    }
    const files = testFiles('browser');
    if (files.length === 0) outcomes.push(failure('0 test files', 'tests/browser/ holds no test file.'));
    // One file at a time: each starts a browser of its own.
    else outcomes.push(await runTests(files, { ...options, concurrency: 1 }));
    return combine(outcomes);
  },
};
