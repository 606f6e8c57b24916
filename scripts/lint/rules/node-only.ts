import { builtinModules } from 'node:module';
import { importsOf } from '../imports.ts';
import { isCode, type Rule } from '../rule.ts';

const isNodeFile = (path: string): boolean => path.endsWith('.node.ts');

/** Astro's pages run when the site is built, in Node; its islands and workers run in the page. */
const runsInNode = (path: string): boolean =>
  isNodeFile(path) || /^src\/site\/(?!islands\/|worker\/)/.test(path) || path.startsWith('src/tensor/kernels/assembly/');

/** What a browser may run never reaches for Node. */
export const nodeOnlyRule: Rule = {
  name: 'node-only',
  promise: 'code that a browser runs imports neither a *.node.ts file nor a module of Node',
  appliesTo: (path) => isCode(path) && path.startsWith('src/') && !runsInNode(path),
  check(source) {
    return importsOf(source).flatMap(({ specifier, target, line, typesOnly }) => {
      if (typesOnly) return [];
      const builtin = specifier.startsWith('node:') || builtinModules.includes(specifier);
      if (!builtin && (target === undefined || !isNodeFile(target))) return [];
      const advice = 'move the code that needs it into a *.node.ts file, or take it as an argument';
      return [{ file: source.path, line, message: `${specifier} exists only in Node: ${advice}` }];
    });
  },
};
