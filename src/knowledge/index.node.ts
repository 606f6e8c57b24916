export { readContentFolder } from './content-folder.node.ts';
