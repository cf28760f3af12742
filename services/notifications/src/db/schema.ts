import type { NotificationPreferences } from '@chatapp/protocol'
import type { ColumnType, Generated } from 'kysely'

type Time = ColumnType<Date, Date, Date>

export interface SubscriptionsTable {
  id: string
  user_id: string
  endpoint: string
  p256dh: string
  auth: string
  created_at: Time
}

export interface PreferencesTable {
  user_id: string
  payload: NotificationPreferences['payload']
  do_not_disturb: ColumnType<NotificationPreferences['doNotDisturb'], unknown, unknown>
  digest: boolean
  keywords: string[]
}

export interface VapidKeysTable {
  only_one: Generated<boolean>
  public_key: string
  private_key: string
}

export interface Database {
  'notifications.subscriptions': SubscriptionsTable
  'notifications.preferences': PreferencesTable
  'notifications.vapid_keys': VapidKeysTable
}
