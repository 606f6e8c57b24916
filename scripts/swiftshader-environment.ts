import { delimiter, join } from 'node:path';
import { unpackChromium } from './unpack-chromium.ts';

/** Why this platform can't have SwiftShader; undefined where it can. */
export const whyNoSwiftShader: string | undefined =
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `SwiftShader comes from an npm package for Linux on x86-64 alone, and this is ${process.platform} on ${process.arch}: ` +
      'use a graphics card, or a machine of that kind.';

/**
 * The environment in which a process finds SwiftShader, and only SwiftShader, as its graphics adapter. It has to stand when
 * the process starts: the system's linker reads it once.
 * @throws Error with a sentence where the npm package that brings SwiftShader has none for this platform
 */
export async function swiftShaderEnvironment(): Promise<Readonly<Record<string, string>>> {
  if (whyNoSwiftShader !== undefined) throw new Error(whyNoSwiftShader);
  const folder = await unpackChromium('swiftshader');
  const description = join(folder, 'vk_swiftshader_icd.json');
  return {
    ATLAS_WEBGPU_ADAPTER: 'swiftshader',
    LD_LIBRARY_PATH: [folder, process.env['LD_LIBRARY_PATH'] ?? ''].filter((path) => path !== '').join(delimiter),
    VK_ICD_FILENAMES: description, // the older name of the next
    VK_DRIVER_FILES: description,
  };
}
