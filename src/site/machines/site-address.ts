import { href } from '../address.ts';
import { siteConfig } from '../data/site-config.ts';

/** An address within the site as others need it: whole where the site's own address is known, else from the root. */
export function siteAddress(path: string): string {
  return siteConfig.siteUrl === '' ? href(path) : new URL(href(path), siteConfig.siteUrl).href;
}
