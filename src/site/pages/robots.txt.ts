import type { APIRoute } from 'astro';
import { siteConfig } from '../data/site-config.ts';
import { siteAddress } from '../machines/site-address.ts';

/** Everything may be read; where the site's address is known, the sitemap is named. */
export const GET: APIRoute = () => {
  const sitemap = siteConfig.siteUrl === '' ? '' : `\nSitemap: ${siteAddress('sitemap.xml')}\n`;
  return new Response(`User-agent: *\nAllow: /\n${sitemap}`);
};
