import { findLines, type Rule } from '../rule.ts';

// Spelt in pieces, so that this file does not find itself.
const hosts = ['registry.' + 'npmjs', 'npm' + 'mirror', 'registry.' + 'yarnpkg', 'npm.pkg.' + 'github'];
const folders = ['work', 'root', 'home', 'Users'];
const pattern = new RegExp(`${hosts.map((host) => host.replace('.', '\\.')).join('|')}|(?<![\\w.~%-])/(${folders.join('|')})/\\w`);
const packFolder = new RegExp('shared' + '/(data|oracles|design|knowledge)');

/** The one file that documents where a folder of data beside the checkout is looked for. */
const mirrorFile = /^src\/assets\/asset-source\.node\.ts$/;

/** The project holds on any machine and with any registry. */
export const selfContainedRule: Rule = {
  name: 'self-contained',
  promise: 'no tracked file names a package registry or a path of one machine',
  appliesTo: () => true,
  check(source) {
    const machine = findLines(source, pattern, (found) => `"${found}" belongs to one machine or registry`);
    if (mirrorFile.test(source.path)) return machine;
    return [...machine, ...findLines(source, packFolder, (found) => `"${found}" lies outside the project`)];
  },
};
