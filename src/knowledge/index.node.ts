export { ContentFolderError, readContentFolder } from './content-folder.node.ts';
