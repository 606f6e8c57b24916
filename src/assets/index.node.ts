export { findMirror, nodeAssetSource } from './asset-source.node.ts';
export type { BroughtAsset, NodeAssetOptions, NodeAssetSource } from './asset-source.node.ts';
