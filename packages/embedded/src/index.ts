export { EmbeddedPostgresError } from './error.ts'
export { lockDataDirectory } from './lock.ts'
export type { Connection, EmbeddedPostgres } from './start.ts'
export { startEmbeddedPostgres } from './start.ts'
