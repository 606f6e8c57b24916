import { defineConfig } from 'astro/config';
import { siteConfig } from './src/site/data/site-config.ts';
import { leanImports } from './src/site/finish/lean-imports.ts';

/** Where the site will stand is said in `package.json` under `atlas`, or by `ATLAS_SITE_URL` and `ATLAS_BASE`. */
export default defineConfig({
  srcDir: './src/site',
  publicDir: './src/site/public',
  outDir: './dist',
  cacheDir: './node_modules/.astro',
  ...(siteConfig.siteUrl ? { site: siteConfig.siteUrl } : {}),
  base: siteConfig.base,
  output: 'static',
  trailingSlash: 'always',
  // Much of a build is waiting for files to be written.
  build: { format: 'directory', inlineStylesheets: 'never', concurrency: 4 },
  compressHTML: true,
  // Scripts stand in files of their own, so that pages stay small and their policies need few hashes.
  vite: { build: { assetsInlineLimit: 0 }, plugins: [leanImports(siteConfig.base)] },
  // A page whose data (its `cacheKey`) and code are those of the build before is taken from there.
  experimental: { incrementalBuild: true },
  devToolbar: { enabled: false },
  server: { host: '127.0.0.1' },
});
