import type { Migration } from '@chatapp/service-kit'
import { subscriptions } from './0001-subscriptions.ts'
import { vapidKeys } from './0002-vapid-keys.ts'
import { notices } from './0003-notices.ts'
import { lanes } from './0004-lanes.ts'
import { mails } from './0005-mails.ts'
import { subscriptionSessions } from './0006-subscription-sessions.ts'
import { digests } from './0007-digests.ts'
import { summaries } from './0008-summaries.ts'
import { unseen } from './0009-unseen.ts'

export const migrations: Record<string, Migration> = {
  '0001-subscriptions': subscriptions,
  '0002-vapid-keys': vapidKeys,
  '0003-notices': notices,
  '0004-lanes': lanes,
  '0005-mails': mails,
  '0006-subscription-sessions': subscriptionSessions,
  '0007-digests': digests,
  '0008-summaries': summaries,
  '0009-unseen': unseen,
}
