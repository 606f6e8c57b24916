import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sfntOfWoff } from './sfnt-of-woff.ts';

const root = join(import.meta.dirname, '..', '..');

/** The text face and the one for formulas, symbols and headings: packages of npm and their files, without `.woff`. */
const sources: Readonly<Record<string, readonly string[]>> = {
  '@fontsource/source-sans-3': ['latin', 'latin-ext', 'greek'].flatMap((letters) =>
    ['400-normal', '400-italic', '600-normal'].map((cut) => `source-sans-3-${letters}-${cut}`),
  ),
  '@fontsource/stix-two-math': ['stix-two-math-latin-400-normal'],
};

/** What is drawn where a page asks for the reader's own fonts. */
const standIns: Readonly<Record<string, string>> = {
  'system-ui': 'Source Sans 3',
  'sans-serif': 'Source Sans 3',
  monospace: 'Source Sans 3',
  serif: 'STIX Two Math',
  'Times New Roman': 'STIX Two Math',
};

/**
 * The file for `FONTCONFIG_FILE` under which a browser on Linux finds two fonts from npm and no other, so that pages are
 * drawn alike on every such machine, one without fonts included, and need not be changed to be tested. The fonts are
 * unpacked once into `.atlas/fonts/`.
 */
export function fontSettings(): string {
  const require = createRequire(import.meta.url);
  const packages = Object.entries(sources).map(([name, files]) => {
    const folder = dirname(require.resolve(`${name}/package.json`));
    const { version }: { version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { version, files: files.map((file) => ({ file, path: join(folder, 'files', `${file}.woff`) })) };
  });
  const folder = join(root, '.atlas', 'fonts', packages.map(({ version }) => version).join('-'));
  if (!existsSync(folder)) {
    unpack(folder, packages.flatMap(({ files }) => files));
  }
  // Written each time: it names folders, and a checkout can be moved.
  const file = join(folder, 'fonts.conf');
  const text = settings(folder);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  return file;
}

/** Unpacks beside the final place and renames, so that nobody ever sees half of the fonts. */
function unpack(folder: string, fonts: readonly { readonly file: string; readonly path: string }[]): void {
  const workshop = `${folder}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  for (const { file, path } of fonts) writeFileSync(join(workshop, `${file}.ttf`), sfntOfWoff(readFileSync(path)));
  try {
    renameSync(workshop, folder);
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

const settings = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
${Object.entries(standIns)
  .map(([asked, drawn]) => `  <alias binding="same"><family>${asked}</family><prefer><family>${drawn}</family></prefer></alias>`)
  .join('\n')}
  <cachedir>${join(folder, 'cache')}</cachedir>
</fontconfig>
`;
