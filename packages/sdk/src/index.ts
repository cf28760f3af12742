export type { BotsApi } from './api/bots.ts'
export type { ConversationsApi, NewGroup } from './api/conversations.ts'
export type { HooksApi } from './api/hooks.ts'
export type { MessagesApi } from './api/messages.ts'
export type { NotificationsApi } from './api/notifications.ts'
export type { UsersApi } from './api/users.ts'
export type { WebhooksApi } from './api/webhooks.ts'
export { backOffMs } from './back-off.ts'
export { type Client, type ClientOptions, createClient } from './client.ts'
export { makeClientId } from './client-id.ts'
export { type Clock, systemClock, type Timer } from './clock.ts'
export type { Answer, BodyFor, Call, CallInput, QueryFor } from './http/call.ts'
export {
  isRetryable,
  isUnauthenticated,
  NetworkError,
  RequestError,
  UnexpectedAnswer,
} from './http/errors.ts'
export { itemsOf, type Page, type PageQuery, pagesOf } from './http/pages.ts'
export type { Fetch } from './http/request.ts'
export type { AroundRefresh, SavedSession } from './http/tokens.ts'
export type { Connection, ConnectOptions } from './live/connection.ts'
export type { Cursor, KnownCursors } from './live/cursors.ts'
export type * from './live/events.ts'
export { type OutboxItem, type OutboxState, outboxItemsOf } from './outbox/item.ts'
export type { Ack } from './outbox/lane.ts'
export { NotSent, type OutboxEvent, type Sending } from './outbox/outbox.ts'
export type { ClientStorage } from './outbox/store.ts'
export {
  type ChatSocket,
  type Closed,
  openSocket,
  type SocketOptions,
} from './socket/open-socket.ts'
export type { ConnectionState } from './socket/state.ts'
