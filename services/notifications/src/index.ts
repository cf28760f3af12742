export { type NotificationsConfig, readNotificationsConfig } from './config.ts'
export { createNotifications } from './service.ts'
