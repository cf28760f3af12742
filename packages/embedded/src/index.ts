export { EmbeddedPostgresError } from './error.ts'
export { lockDataDirectory } from './lock.ts'
export type { Connection, EmbeddedPostgres, EmbeddedPostgresOptions } from './start.ts'
export { startEmbeddedPostgres } from './start.ts'
