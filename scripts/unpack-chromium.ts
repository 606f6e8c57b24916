import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What the npm package `@sparticuz/chromium` (Linux on x86-64) is unpacked for, and the parts of it that this takes. */
const contents = {
  chromium: ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br'],
  /** The Vulkan loader and SwiftShader, a Vulkan that computes on the processor. */
  swiftshader: ['swiftshader.tar.br'],
} as const;

/**
 * The folder below `.atlas/` with these parts, unpacked once. They are unpacked beside the final place and renamed, so that
 * nobody ever sees half of them.
 * @throws where the package isn't installed
 */
export async function unpackChromium(content: keyof typeof contents): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packageFolder = join(dirname(entry), '..');
  const { version }: { version: string } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const folder = join(root, '.atlas', content, version);
  if (existsSync(folder)) return folder;
  const workshop = `${folder}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  // The package unpacks into the folder for temporary files.
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = workshop;
  try {
    const { inflate } = await import('@sparticuz/chromium');
    for (const part of contents[content]) await inflate(join(packageFolder, 'bin', part));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  try {
    renameSync(workshop, folder);
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
