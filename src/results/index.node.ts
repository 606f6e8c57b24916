export { mergeShards, openShard, readRecordFile, readRecordFolder } from './store.node.ts';
export type { ReadRecords, RecordWriter, StoredRecord } from './store.node.ts';
export { readClaimsFolder } from './claims.node.ts';
