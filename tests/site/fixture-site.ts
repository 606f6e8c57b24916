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

const placed = { ATLAS_BASE: fixtureSite.base, ATLAS_SITE_URL: fixtureSite.siteUrl, ATLAS_REPOSITORY_URL: 'https://code.example/atlas' } as const;

async function build(out: string, env: Readonly<Record<string, string>>): Promise<void> {
  mkdirSync(join(root, out, '..'), { recursive: true });
  const { code, stdout, stderr } = await runScript('scripts/build.ts', ['--out', out], { env: { ...placed, ...env } });
  if (code !== 0) throw new Error(`The site can't be built into ${out} (exit code ${code}).\n${stdout}${stderr}`);
}

/** Builds the fixture catalogue, without what this machine has run. */
export function buildFixture(): Promise<void> {
  const fixture = join(import.meta.dirname, 'fixture');
  return build(`${served}/atlas`, {
    ATLAS_CONTENT: join(fixture, 'content'),
    ATLAS_BENCHMARKS: join(fixture, 'benchmarks'),
    ATLAS_STATE: join(root, '.atlas', 'fixture-state'),
  });
}

const whole = '.atlas/whole/atlas-whole';

/** The whole catalogue for the same place, once it is built. */
export const wholeFolder = join(root, whole);

/** Builds the whole catalogue for the same place. */
export const buildWholeThere = (): Promise<void> => build(whole, {});

/** Builds the fixture catalogue where it isn't there yet; the test runner has usually built it before. */
export async function ensureFixtureBuilt(): Promise<void> {
  if (!existsSync(join(fixtureSite.folder, 'index.html'))) await buildFixture();
}
