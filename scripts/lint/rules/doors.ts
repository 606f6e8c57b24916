import { importsOf } from '../imports.ts';
import { roomOf, sideDoors } from '../rooms.ts';
import { isCode, type Rule } from '../rule.ts';

/** A room is entered by its `index.ts`, or its `index.node.ts` for what only Node can do. */
export const doorsRule: Rule = {
  name: 'doors',
  promise: "a room's files are imported from outside only through its index.ts or index.node.ts",
  appliesTo: (path) => isCode(path) && (roomOf(path) !== undefined || path.startsWith('scripts/')),
  check(source) {
    const room = roomOf(source.path);
    return importsOf(source).flatMap(({ target, line }) => {
      const other = target === undefined ? undefined : roomOf(target);
      if (target === undefined || other === undefined || other === room) return [];
      if (/^src\/[^/]+\/index(\.node)?\.ts$/.test(target)) return [];
      if (sideDoors.some((door) => door.file === target && source.path.startsWith(door.from))) return [];
      return [{ file: source.path, line, message: `${target} is inside "${other}": import it from src/${other}/index.ts` }];
    });
  },
};
