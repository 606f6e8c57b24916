import { defineConfig } from 'astro/config';

/** `ATLAS_SITE_URL` and `ATLAS_BASE` say where the site will stand; without them it stands at the root of any host. */
export default defineConfig({
  srcDir: './src/site',
  publicDir: './src/site/public',
  outDir: './dist',
  cacheDir: './node_modules/.astro',
  ...(process.env.ATLAS_SITE_URL ? { site: process.env.ATLAS_SITE_URL } : {}),
  base: process.env.ATLAS_BASE ?? '/',
  output: 'static',
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'never' },
  compressHTML: true,
  devToolbar: { enabled: false },
  server: { host: '127.0.0.1' },
});
