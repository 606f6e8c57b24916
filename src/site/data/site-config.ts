import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  version: z.string(),
  atlas: z.strictObject({ siteUrl: z.string(), base: z.string(), repositoryUrl: z.string() }),
});
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')));

/** A setting, from the environment where it stands there, with the place to name in a message. */
function setting(key: keyof typeof manifest.atlas, variable: string): { readonly value: string; readonly place: string } {
  const given = process.env[variable];
  if (given !== undefined) return { value: given.trim(), place: variable };
  return { value: manifest.atlas[key].trim(), place: `atlas.${key} of package.json` };
}

function httpsAddress(key: 'siteUrl' | 'repositoryUrl', variable: string): URL | undefined {
  const { value, place } = setting(key, variable);
  if (value === '') return undefined;
  const address = URL.canParse(value) ? new URL(value) : undefined;
  if (address?.protocol === 'https:') return address;
  throw new Error(`${place} is "${value}": write an address that starts with https://, or leave it empty.`);
}

function siteUrlOf(): string {
  const address = httpsAddress('siteUrl', 'ATLAS_SITE_URL');
  if (address === undefined) return '';
  if (address.pathname === '/' && address.search === '') return address.origin;
  throw new Error(`The site's address "${address.href}" has a path: write "${address.origin}", and the path "${address.pathname}" as the base.`);
}

function baseOf(): string {
  const { value, place } = setting('base', 'ATLAS_BASE');
  const base = `/${value}/`.replace(/\/{2,}/g, '/');
  if (/^\/([\w-][\w.-]*\/)*$/.test(base)) return base;
  throw new Error(`${place} is "${value}": write the path under which the site stands, such as / or /atlas/.`);
}

/**
 * Where the site will stand and where its sources are: `atlas` in package.json, or `ATLAS_SITE_URL`, `ATLAS_BASE` and
 * `ATLAS_REPOSITORY_URL`. What is unset is the empty string and leaves out canonical addresses or edit links.
 */
export const siteConfig = {
  /** `https://atlas.example`, without the base. */
  siteUrl: siteUrlOf(),
  /** A path that starts and ends with a slash. */
  base: baseOf(),
  /** Without a slash at its end. */
  repositoryUrl: (httpsAddress('repositoryUrl', 'ATLAS_REPOSITORY_URL')?.href ?? '').replace(/\/+$/, ''),
  version: manifest.version,
} as const;

/** One line that says what is left out because an address isn't known; undefined where all are. */
export function whatIsUnset(): string | undefined {
  const unset = [
    ...(siteConfig.siteUrl === '' ? ['no siteUrl, so pages carry no canonical address and there is no sitemap'] : []),
    ...(siteConfig.repositoryUrl === '' ? ['no repositoryUrl, so pages carry no edit link'] : []),
  ];
  return unset.length === 0 ? undefined : `package.json (atlas) has ${unset.join('; ')}.`;
}
