export { scriptOf } from './islands/offline/folder-files.ts';
export { classCode } from './search/class-code.ts';
export { nameFiles } from './search/name-files.ts';
export { pageRecord } from './search/page-record.ts';
export { recordHtml } from './search/record-html.ts';
export type { SearchRecord } from './search/search-record.ts';
export { searchSource } from './search/search-source.ts';
export type { SearchSource } from './search/search-source.ts';
