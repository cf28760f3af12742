export { type NotificationsConfig, readNotificationsConfig } from './config.ts'
export { migrations } from './db/migrations/index.ts'
export { createNotifications, type NotificationsOptions } from './service.ts'
