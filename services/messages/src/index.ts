export { type MessagesConfig, readMessagesConfig } from './config.ts'
export { migrations } from './db/migrations/index.ts'
export { reindexSearch } from './search/engine/reindex.ts'
export { createMessages } from './service.ts'
