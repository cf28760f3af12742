import type {
  AccountMailKind,
  DeliveryOutcome,
  DigestPeriod,
  MessageNotice,
  NoticeReason,
  NotificationPreferences,
} from '@chatapp/protocol'
import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Decision } from '../deciding/policy.ts'

type Time = ColumnType<Date, Date, Date>

export interface SubscriptionsTable {
  id: string
  user_id: string
  endpoint: string
  p256dh: string
  auth: string
  created_at: Time
  /** Its push service wants to hear nothing for it before. */
  wait_until: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** That made it, and ends with it; null: not seen since an earlier version. */
  session_id: string | null
  /** When the device last said that it is there. */
  seen_at: Time
}

export interface PreferencesTable {
  user_id: string
  payload: NotificationPreferences['payload']
  do_not_disturb: ColumnType<NotificationPreferences['doNotDisturb'], unknown, unknown>
  digest: boolean
  keywords: string[]
  /** Null: as the server has it. */
  digest_every: ColumnType<
    DigestPeriod | null,
    DigestPeriod | null | undefined,
    DigestPeriod | null
  >
}

export interface VapidKeysTable {
  only_one: Generated<boolean>
  public_key: string
  private_key: string
}

/** That somebody was told of a message, or why not; each once. */
export interface NoticesTable {
  user_id: string
  conversation_id: string
  position: number
  /** In the order in which they were made. */
  id: string
  outcome: Decision['outcome']
  reason: NoticeReason
  decided_at: Time
}

/**
 * What one device is to show, or shows, of one conversation, or of all old news at once: the queue
 * of push messages.
 */
export interface TopicsTable {
  subscription_id: string
  conversation_id: string
  user_id: string
  /** Of the push service. */
  origin: Generated<string>
  state: 'waiting' | 'shown' | 'closing'
  urgency: 'high' | 'normal' | 'low'
  /** Of the first and of the last message that it is about. */
  first_position: number
  position: number
  count: number
  title: string | null
  /** Gone as soon as it is sent, or unsent. */
  body: string | null
  /** Grows with every change: what was sent meanwhile is then not the last word. */
  generation: number
  /** Something may have reached the device. */
  is_out: boolean
  tries: number
  next_at: Time
  created_at: Time
}

/** Every try to hand a push message to a push service, and how it ended. */
export interface DeliveriesTable {
  id: string
  user_id: string
  conversation_id: string
  subscription_id: string
  /** Of the messages that it was about; null: it was a summary, or of an earlier version. */
  first_position: ColumnType<number | null, number | null | undefined, never>
  position: number
  kind: 'message' | 'close'
  outcome: DeliveryOutcome
  /** Of HTTP; null without an answer. */
  status: number | null
  at: Time
}

/** What somebody has not read that was told too late: their summary is about it. */
export interface OldNewsTable {
  user_id: string
  conversation_id: string
  /** Of the first that is unread, and of the last. */
  first_position: number
  position: number
  /** As for a push message about the last one. */
  title: string
  told_at: Time
}

/** What a delivery of a summary was about. */
export interface SummedTable {
  delivery_id: string
  user_id: string
  conversation_id: string
  first_position: number
  position: number
}

/** A message that was taken to be on somebody's screen, until they have read it. */
export interface UnseenTable {
  user_id: string
  conversation_id: string
  position: number
  /** For this one person. */
  notice: ColumnType<MessageNotice, unknown, never>
  at: Time
}

export type MailKind = AccountMailKind | 'digest'

/** Of whom something waits to be told by mail, and what they were told last. */
export interface DigestsTable {
  user_id: string
  /** Since when there is something; null: nothing new. */
  waiting_since: Time | null
  /** When it is looked at again. */
  look_at: Time
  /** When gateways were asked whether the person is there, and when they were there. */
  asked_at: Time | null
  seen_at: Time | null
  /** Of the last digest. */
  sent_at: Time | null
  /** Of the last message that it tells of; what is offered is told once the mail is sent. */
  offered_until: Time | null
  told_until: Time | null
}

/** A mail that somebody is to get; what it says is written when it is sent. */
export interface MailsTable {
  /** For a mail about an account that of its order. */
  id: string
  user_id: string
  kind: MailKind
  state: 'waiting' | 'sent' | 'refused' | 'given-up' | 'unwanted'
  tries: number
  next_at: Time
  created_at: Time
  /** Later it is of no use. */
  expires_at: Time
  ended_at: ColumnType<Date | null, Date | null, Date | null>
  /** Of SMTP, at the last try; null without an answer. */
  status: number | null
}

export type DigestRow = Selectable<DigestsTable>
export type MailRow = Selectable<MailsTable>
export type TopicRow = Selectable<TopicsTable>

export interface Database {
  'notifications.subscriptions': SubscriptionsTable
  'notifications.preferences': PreferencesTable
  'notifications.vapid_keys': VapidKeysTable
  'notifications.notices': NoticesTable
  'notifications.topics': TopicsTable
  'notifications.deliveries': DeliveriesTable
  'notifications.old_news': OldNewsTable
  'notifications.summed': SummedTable
  'notifications.unseen': UnseenTable
  'notifications.mails': MailsTable
  'notifications.digests': DigestsTable
}
