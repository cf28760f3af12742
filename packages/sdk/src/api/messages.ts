import type { SyncCursors } from '@chatapp/protocol'
import { makeClientId } from '../client-id.ts'
import type { BodyFor, Call, QueryFor } from '../http/call.ts'

export type MessagesApi = ReturnType<typeof createMessagesApi>

/** Messages by REST. A connection's `send` also queues, retries and keeps order. */
export function createMessagesApi(call: Call) {
  return {
    /** Makes a client id when none is given; give one to be able to retry. */
    send: (body: BodyFor<'sendMessage'>) =>
      call('sendMessage', { body: { clientId: makeClientId(), ...body } }),
    /** A page, ascending by position; the newest by default. */
    history: (conversationId: string, query: QueryFor<'getHistory'> = {}) =>
      call('getHistory', { params: { conversationId }, query }),
    /** One by its id: what another one answers, for example. */
    get: (messageId: string) => call('getMessage', { params: { messageId } }),
    edit: (messageId: string, data: string) =>
      call('editMessage', { params: { messageId }, body: { data } }),
    unsend: (messageId: string) => call('unsendMessage', { params: { messageId } }),
    react: (messageId: string, emoji: string) =>
      call('addReaction', { params: { messageId, emoji } }),
    unreact: (messageId: string, emoji: string) =>
      call('removeReaction', { params: { messageId, emoji } }),
    /** Who has read it and to whom it was delivered; counts only in large groups. */
    receipts: (messageId: string) => call('getReceipts', { params: { messageId } }),
    /** Moves my cursors; a connection's `markRead` does it over the socket. */
    advance: (conversationId: string, body: BodyFor<'advanceReceipts'>) =>
      call('advanceReceipts', { params: { conversationId }, body }),
    /**
     * Words, "phrases", `-not`, and conditions such as `from:alice in:"Team" after:2026-01 has:link`;
     * days are those of this device unless a `zone` is given.
     */
    search: (q: string, query: Omit<QueryFor<'searchMessages'>, 'q'> = {}) =>
      call('searchMessages', { query: { q, zone: localZone(), ...query } }),
    /** What was for me in particular: mentions, answers, `@all`, keywords; the latest first. */
    activity: (query: QueryFor<'listActivity'> = {}) => call('listActivity', { query }),
    sync: (conversations: SyncCursors) => call('sync', { body: { conversations } }),
  }
}

const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
