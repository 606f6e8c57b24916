import { buildFixture } from '../../tests/site/fixture-site.ts';
import { runScript } from './command.ts';
import { combine, failure, type Outcome, type Part } from './part.ts';
import { runTests } from './run-tests.ts';
import { needsBrowser, testFiles } from './test-files.ts';

/** The built site: the builds are checks, then come the tests of `tests/site/` that need no browser. */
export const site: Part = {
  name: 'site',
  describes: 'the site and the fixture catalogue build, and what is built holds together',
  async run(options) {
    const built = await buildSites(options.signal);
    if (built.failed > 0) return built;
    const onNews = (text: string): void => console.log(`  ${text}`);
    return combine([built, await runTests(testFiles('site').filter((file) => !needsBrowser(file)), { ...options, onNews })]);
  },
};

/** Builds the site into `dist/` as `npm run build` does, and the fixture catalogue below `/atlas/`: a check each. */
export async function buildSites(signal: AbortSignal): Promise<Outcome> {
  const { code, stdout, stderr } = await runScript('scripts/build.ts', [], { signal });
  if (code !== 0) return failure('no site', `npm run build ended with code ${code}.\n${stdout}${stderr}`.trimEnd());
  try {
    await buildFixture();
  } catch (error) {
    return failure('no fixture', error instanceof Error ? error.message : String(error));
  }
  return { passed: 2, failed: 0, examined: lastLine(stdout), failures: [], notes: [] };
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
