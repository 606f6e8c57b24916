import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from '../../scripts/parts/command.ts';

const root = join(import.meta.dirname, '..', '..');
const served = '.atlas/fixture';

/** The fixture catalogue as a site that knows its address and stands below another folder of its host. */
export const fixtureSite = {
  folder: join(root, served, 'atlas'),
  base: '/atlas/',
  siteUrl: 'https://atlas.example',
  /** The folder to serve, in which `base` is. */
  served: join(root, served),
} as const;

/** Builds the fixture catalogue. */
export async function buildFixture(): Promise<void> {
  mkdirSync(fixtureSite.served, { recursive: true });
  const fixture = join(import.meta.dirname, 'fixture');
  const { code, stdout, stderr } = await runScript('scripts/build.ts', ['--out', `${served}/atlas`], {
    env: {
      ATLAS_CONTENT: join(fixture, 'content'),
      ATLAS_BENCHMARKS: join(fixture, 'benchmarks'),
      // Without what this machine has run.
      ATLAS_STATE: join(root, '.atlas', 'fixture-state'),
      ATLAS_BASE: fixtureSite.base,
      ATLAS_SITE_URL: fixtureSite.siteUrl,
      ATLAS_REPOSITORY_URL: 'https://code.example/atlas',
    },
  });
  if (code !== 0) throw new Error(`The fixture catalogue can't be built (exit code ${code}).\n${stdout}${stderr}`);
}

/** Builds the fixture catalogue where it isn't there yet; the test runner has usually built it before. */
export async function ensureFixtureBuilt(): Promise<void> {
  if (!existsSync(join(fixtureSite.folder, 'index.html'))) await buildFixture();
}
