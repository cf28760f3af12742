export { createNotifications, type NotificationsOptions } from './service.ts'
