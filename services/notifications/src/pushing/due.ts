import type { DeliveryOutcome, NotificationPreferences } from '@chatapp/protocol'
import type { TopicRow } from '../db/schema.ts'
import type { OldNews } from '../summaries/queries.ts'

/** What is to be sent now, and where to. */
export type Due = TopicRow & {
  endpoint: string
  p256dh: string
  auth: string
  payload: NotificationPreferences['payload'] | null
  /** Of a summary: what it is about. */
  oldNews: OldNews[]
}

/** How a try to send it ended. */
export interface Ended {
  due: Due
  outcome: DeliveryOutcome
  status: number | null
  /** When to try again; null: never. */
  againAt: number | null
  /** Until when the push service wants to hear nothing for this device. */
  waitUntil: number | null
}
