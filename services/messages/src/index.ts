export { type MessagesConfig, readMessagesConfig } from './config.ts'
export { createMessages, type MessagesOptions } from './service.ts'
