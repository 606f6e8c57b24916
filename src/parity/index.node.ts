export { findRunners } from './find-runners.node.ts';
export { readCases } from './read-cases.node.ts';
