import { runScript } from './command.ts';
import { combine, failure, type Outcome, type Part } from './part.ts';
import { runTests } from './run-tests.ts';
import { needsBrowser, testFiles } from './test-files.ts';

/** The built site: the build is one check, then come the tests of `tests/site/` that need no browser. */
export const site: Part = {
  name: 'site',
  describes: 'the site builds and what is built holds together',
  async run(options) {
    const built = await buildSite(options.signal);
    if (built.failed > 0) return built;
    return combine([built, await runTests(testFiles('site').filter((file) => !needsBrowser(file)), options)]);
  },
};

/** Builds the site into `dist/` as `npm run build` does: one check. */
export async function buildSite(signal: AbortSignal): Promise<Outcome> {
  const { code, stdout, stderr } = await runScript('scripts/build.ts', [], signal);
  if (code !== 0) return failure('no site', `npm run build ended with code ${code}.\n${stdout}${stderr}`.trimEnd());
  return { passed: 1, failed: 0, examined: lastLine(stdout), failures: [], notes: [] };
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
