import type { Plugin } from 'vite';

/** What the bundler's own helper is known by among its modules. */
const helper = /^\0vite\/preload-helper\.js$/;

/**
 * Scripts that are fetched when they are needed, with what they import fetched beside them. The bundler's own helper for
 * this also waits for style sheets and reports what failed; no script here brings any style, and it would be a ninth of
 * all scripts of the catalogue.
 * @param base the site's address
 */
export function leanImports(base: string): Plugin {
  const code = `export const __vitePreload = (load, parts = []) => {
    for (const part of parts) document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: ${JSON.stringify(base)} + part }));
    return load();
  };`;
  return { name: 'atlas-lean-imports', enforce: 'pre', load: { filter: { id: helper }, handler: () => code } };
}
