import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureSite } from '../../tests/site/fixture-site.ts';
import { combine, failure, type Outcome, type Part } from './part.ts';
import { root } from './root.ts';
import { runTests } from './run-tests.ts';
import { buildSites } from './site.ts';
import { needsBrowser, testFiles } from './test-files.ts';

/** The built site and the engine in a real browser. */
export const browser: Part = {
  name: 'browser',
  describes: 'the pages and the engine work in a browser',
  async run(options) {
    const outcomes: Outcome[] = [];
    const built = [join(root, 'dist'), fixtureSite.folder].every((folder) => existsSync(join(folder, 'index.html')));
    if (!built) {
      outcomes.push(await buildSites(options.signal));
      if (outcomes.some(({ failed }) => failed > 0)) return combine(outcomes);
    }
    const files = [...testFiles('browser'), ...testFiles('site').filter(needsBrowser)];
    if (files.length < 4) outcomes.push(failure(`${files.length} test files`, 'The tests of the pages or of the engine are missing.'));
    const onNews = (text: string): void => console.log(`  ${text}`);
    outcomes.push(await runTests(files, { ...options, onNews }));
    return combine(outcomes);
  },
};
