import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { combine, failure, type Outcome, type Part } from './part.ts';
import { root } from './root.ts';
import { runTests } from './run-tests.ts';
import { buildSite } from './site.ts';
import { needsBrowser, testFiles } from './test-files.ts';

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
    const files = [...testFiles('browser'), ...testFiles('site').filter(needsBrowser)];
    if (files.length < 2) outcomes.push(failure(`${files.length} test files`, 'The tests of the pages or of the engine are missing.'));
    // One file at a time: each starts a browser of its own.
    outcomes.push(await runTests(files, { ...options, concurrency: 1 }));
    return combine(outcomes);
  },
};
