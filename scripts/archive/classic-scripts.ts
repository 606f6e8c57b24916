import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';

/** What runs first on every page of the archive. */
const starter = join(import.meta.dirname, '..', '..', 'src', 'site', 'islands', 'offline', 'start.ts');

/** The list of files that a module has fetched ahead of those that it will import. */
const fetchedAhead = /const __vite__mapDeps=\(i,m=__vite__mapDeps,d=\(m\.f\|\|\(m\.f=\[([^\]]*)\]\)\)\)=>i\.map\(i=>d\[i\]\)/;

/** Nothing is fetched ahead, since nothing is fetched. */
const nothingAhead: Plugin = {
  name: 'nothing-ahead',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const list = fetchedAhead.exec(text)?.[1] ?? '';
      if (list.includes('.css')) throw new Error(`${path} brings a style sheet when it is needed (${list}); import it in the page, so that the offline archive has it.`);
      return { contents: text.replace(fetchedAhead, 'const __vite__mapDeps=()=>[]'), loader: 'js' };
    });
  },
};

/**
 * The site's modules as classic scripts that need nothing else, by their file names, and `start.js`, which stands in for what a page from
 * disk can't do.
 * @param folder where the modules are
 * @param searchMarkup the masthead's search, as a page has it
 * @throws {Error} where a script would still fetch something
 */
export async function classicScripts(folder: string, modules: readonly string[], searchMarkup: string): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [...modules.map((name) => ({ in: join(folder, name), out: name.replace(/\.js$/, '') })), { in: starter, out: 'start' }],
    outdir: folder,
    bundle: true,
    format: 'iife',
    minify: true,
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
    define: { 'import.meta.url': 'document.baseURI', searchMarkup: JSON.stringify(searchMarkup) },
    plugins: [nothingAhead],
    write: false,
  });
  return new Map(
    outputFiles.map(({ path, text }) => {
      const name = path.replaceAll('\\', '/').split('/').at(-1) ?? '';
      if (text.includes('"_astro/')) throw new Error(`offline/${name} would fetch modules, which a page from disk can't do.`);
      // Imports of known files are in the bundle by now; those that are left name an address that is made when the page runs.
      return [name, text.replace(/(?<![\w$.])import\(/g, 'atlasImport(')];
    }),
  );
}
