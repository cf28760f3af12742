export { type MessagesConfig, readMessagesConfig } from './config.ts'
export { createMessages } from './service.ts'
