import { join } from 'node:path';
import { distChecks, readBuiltSite } from '../dist/index.ts';
import { runScript } from './command.ts';
import { combine, failure, type Outcome, type Part } from './part.ts';
import { root } from './root.ts';
import { runTests } from './run-tests.ts';
import { testFiles } from './test-files.ts';

/** The built site: the build is one check, each check over `dist/` is one, then come the tests of `tests/site/`. */
export const site: Part = {
  name: 'site',
  describes: 'the site builds and what is built holds together',
  async run(options) {
    const built = await buildSite(options.signal);
    if (built.failed > 0) return built;
    return combine([built, checkDist(), await runTests(testFiles('site'), options)]);
  },
};

/** Builds the site into `dist/` as `npm run build` does: one check. */
export async function buildSite(signal: AbortSignal): Promise<Outcome> {
  const { code, stdout, stderr } = await runScript('scripts/build.ts', [], signal);
  if (code !== 0) return failure('no site', `npm run build ended with code ${code}.\n${stdout}${stderr}`.trimEnd());
  return { passed: 1, failed: 0, examined: lastLine(stdout), failures: [], notes: [] };
}

function checkDist(): Outcome {
  const site = readBuiltSite(join(root, 'dist'));
  const outcomes = distChecks.map(({ name, promise, check }): Outcome => {
    const { examined, words, findings } = check(site);
    if (examined === 0) return failure(`${name} 0`, `${name}: ${promise}: looked at nothing`);
    if (findings.length > 0) return failure(words, [`${name}: ${promise}`, ...findings.map((one) => `  ${one}`)].join('\n'));
    return { passed: 1, failed: 0, examined: words, failures: [], notes: [] };
  });
  return combine(outcomes);
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
