export { CLOSE, type CloseName, mayReconnect } from './close-codes.ts'
export { createAsyncApiDocument } from './documents/asyncapi.ts'
export type {
  AsyncApiDocument,
  AsyncApiMessage,
  AsyncApiOperation,
} from './documents/asyncapi-types.ts'
export { closeNotes, errorNotes } from './documents/error-notes.ts'
export type { JsonSchema } from './documents/json-schema.ts'
export { createOpenApiDocument, type DocumentInfo } from './documents/openapi.ts'
export type {
  OpenApiDocument,
  OpenApiMediaType,
  OpenApiOperation,
  OpenApiParameter,
} from './documents/openapi-types.ts'
export * from './errors.ts'
export type { BotToken, NewBotToken } from './http/bots.ts'
export type { Hook, NewHook } from './http/hooks.ts'
export { type ActivityItem, activityItemSchema } from './http/messages.ts'
export {
  type DeliveryOutcome,
  type DigestPeriod,
  digestPeriodSchema,
  type Notice,
  type NoticeReason,
  type NotificationPreferences,
  noticeSchema,
  notificationPreferencesSchema,
  type PushMessage,
  type PushSubscriptionInfo,
  pushMessageSchema,
  subscriptionSchema,
} from './http/notifications.ts'
export * from './http/route.ts'
export { type RouteId, routes } from './http/routes.ts'
export type { ServerInfo } from './http/server.ts'
export { displayNameSchema, newPasswordSchema, usernameSchema } from './http/users.ts'
export {
  type FailedEvent,
  type Webhook,
  type WebhookBody,
  type WebhookEvent,
  type WebhookTest,
  webhookBodySchema,
} from './http/webhooks.ts'
export * from './limits.ts'
export { EVERYONE_NAME, namesIn } from './mentions.ts'
export * from './primitives.ts'
export * from './search-query/parse.ts'
export * from './services/calls.ts'
export * from './services/events.ts'
export type * from './services/messages.ts'
export type * from './services/notifications.ts'
export type * from './services/users.ts'
export * from './shapes.ts'
export * from './socket/inbound.ts'
export * from './socket/outbound.ts'
export { ACCEPTED, spokenVersion } from './spoken-version.ts'
export { PROTOCOL_VERSION, WIRE_HASH } from './version.ts'
