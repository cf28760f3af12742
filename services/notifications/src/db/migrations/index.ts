import type { Migration } from '@chatapp/service-kit'
import { subscriptions } from './0001-subscriptions.ts'
import { vapidKeys } from './0002-vapid-keys.ts'

export const migrations: Record<string, Migration> = {
  '0001-subscriptions': subscriptions,
  '0002-vapid-keys': vapidKeys,
}
