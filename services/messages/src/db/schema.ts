import type {
  HistoryPolicy,
  InvitePolicy,
  NotifyLevel,
  Reaction,
  Role,
  SystemEvent,
  Webhook,
  WebhookEvent,
} from '@chatapp/protocol'
import type { ColumnType, Generated, Selectable } from 'kysely'

/** Null, or the JSON of `T`. */
type Json<T extends object> = ColumnType<T, T, T> | null
type Time = ColumnType<Date, Date | string, Date | string>

export interface ConversationsTable {
  id: string
  kind: 'direct' | 'group'
  title: string | null
  history: Generated<HistoryPolicy>
  invites: Generated<InvitePolicy>
  created_by: string | null
  created_at: Time
  last_position: number
  last_version: number
  /** Version of the latest change of title or policies. */
  settings_version: number
  /** When the log last grew; the list of conversations is in this order. */
  last_message_at: Time
  member_count: number
  /** The two user ids of a direct conversation, or `lobby`: makes either unique. */
  direct_key: string | null
}

export interface ParticipantsTable {
  conversation_id: string
  user_id: string
  role: Role
  joined_at: Time
  joined_position: number
  /** Null while a member. */
  left_position: number | null
  delivered_position: number
  /** Where this person has got to; only they know. */
  read_position: number
  /** What others know of it; null while that is the same. */
  shown_read_position: Generated<number | null>
  /** Marked unread from here on by this person; never above `read_position`. */
  unread_from: Generated<number | null>
  version: number
  notify: NotifyLevel
  muted_until: Time | null
  pinned: Generated<boolean>
}

export interface MessagesTable {
  conversation_id: string
  position: number
  version: number
  sender_id: string
  client_id: string
  kind: 'text' | 'system'
  body: string | null
  event: Json<SystemEvent>
  reply_to: number | null
  /** User ids; the one of nobody stands for everybody in the group. */
  mentions: string[] | null
  /** Written as JSON text: the driver would take a list for a PostgreSQL array. */
  reactions: ColumnType<Reaction[] | null, string | null, string | null>
  sent_at: Time
  edited_at: Time | null
  unsent_at: Time | null
}

/** What a participant has written and not sent; an empty text remembers when it was cleared. */
export interface DraftsTable {
  conversation_id: string
  user_id: string
  text: string
  updated_at: Time
}

/** One row per cursor advance: the positions after `from_position` up to `to_position`, at one time. */
export interface StatusAdvancesTable {
  conversation_id: string
  user_id: string
  kind: 'read' | 'delivered'
  from_position: number
  to_position: number
  at: Time
}

/** The seed's table, as a view over participants and advances. */
export interface MessageStatusView {
  conversation_id: string
  position: number
  user_id: string
  status: 'sent' | 'delivered' | 'read'
  delivered_at: Date | null
  read_at: Date | null
}

/** Changes committed and not yet known to be handled by the consumer; one row per batch. */
export interface OutboxTable {
  consumer: string
  id: string
  conversation_ids: string[]
  /** The versions after `from_versions[i]` up to `to_versions[i]`. */
  from_versions: number[]
  to_versions: number[]
  created_at: Time
}

/** Which messages were for whom in particular; the one of nobody stands for everybody in the group. */
export interface ActivityTable {
  conversation_id: string
  position: number
  user_id: string
  kind: 'mention' | 'reply' | 'all' | 'keyword'
  sender_id: string
  /** Of the message: the list of a person goes over all conversations. */
  sent_at: Time
}

/** What search knows of a message; no tokens: it was unsent. */
export interface SearchDocumentsTable {
  conversation_id: string
  position: number
  version: number
  /** Of the rules by which the tokens were made. */
  tokens_version: number
  sender_id: string
  sent_at: Time
  /** A `tsvector` without positions. */
  tokens: string
}

/** How far the index has been built by the rules of this version. */
export interface SearchBuildsTable {
  tokens_version: number
  /** Of the last message taken in, in the order of the key. */
  conversation_id: string
  position: number
  is_done: Generated<boolean>
}

/** The indexes that we keep in a search engine. */
export interface EngineIndexesTable {
  name: string
  /** Of its mapping and of the rules by which its tokens were made. */
  form: number
  /** Planned: not made yet. What is retired is deleted as soon as the engine lets us. */
  state: 'planned' | 'building' | 'serving' | 'retired'
  /** Of the last message taken in, in the order of the key. */
  conversation_id: string
  position: number
  /** When it was last compared with the log. */
  compared_at: Time
}

/** Messages that an index will not take; searches propose them all the same. */
export interface RefusalsTable {
  conversation_id: string
  position: number
  version: number
  reason: string
  refused_at: Time
}

export interface WebhooksTable {
  id: string
  /** Null: every group. */
  conversation_id: string | null
  url: string
  events: WebhookEvent[]
  /** As its receiver has it; what signs cannot be kept as a hash. */
  secret: string
  state: Webhook['state']
  created_by: string
  created_at: Time
  /** Nothing is sent before: its server asked for that, or a process is sending. */
  rests_until: Time
  last_try_at: Time | null
  last_status: number | null
  last_problem: string | null
}

/** Up to where a webhook has been told of what is new. */
export interface WebhookCursorsTable {
  webhook_id: string
  conversation_id: string
  position: number
}

/** What is to be delivered, or was given up; the text stays where it is. */
export interface WebhookEventsTable {
  webhook_id: string
  id: string
  type: WebhookEvent
  conversation_id: string
  position: number
  happened_at: Time
  state: 'waiting' | 'failed'
  tries: Generated<number>
  next_at: Time
  created_at: Time
  status: number | null
  problem: string | null
}

/** Incoming webhooks. */
export interface HooksTable {
  id: string
  conversation_id: string
  bot_id: string
  secret_hash: Buffer
  may_call_all: boolean
  created_by: string
  created_at: Time
  /** Kept, so that its URL can say that it has gone. */
  deleted_at: Time | null
}

export interface Database {
  'messages.conversations': ConversationsTable
  'messages.participants': ParticipantsTable
  'messages.drafts': DraftsTable
  'messages.messages': MessagesTable
  'messages.status_advances': StatusAdvancesTable
  'messages.message_status': MessageStatusView
  'messages.outbox': OutboxTable
  'messages.activity': ActivityTable
  'messages.search_documents': SearchDocumentsTable
  'messages.search_builds': SearchBuildsTable
  'messages.engine_indexes': EngineIndexesTable
  'messages.search_refusals': RefusalsTable
  'messages.engine_refusals': RefusalsTable
  'messages.webhooks': WebhooksTable
  'messages.webhook_cursors': WebhookCursorsTable
  'messages.webhook_events': WebhookEventsTable
  'messages.hooks': HooksTable
}

export type ConversationRow = Selectable<ConversationsTable>
export type ParticipantRow = Selectable<ParticipantsTable>
export type DraftRow = Selectable<DraftsTable>
export type MessageRow = Selectable<MessagesTable>
export type EngineIndexRow = Selectable<EngineIndexesTable>
export type WebhookRow = Selectable<WebhooksTable>
export type WebhookEventRow = Selectable<WebhookEventsTable>
export type HookRow = Selectable<HooksTable>
export type OutboxRow = Selectable<OutboxTable>
