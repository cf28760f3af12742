export { type MessagesConfig, readMessagesConfig } from './config.ts'
export { migrations } from './db/migrations/index.ts'
export { createMessages } from './service.ts'
