import type { Role } from '@chatapp/protocol'
import type { BodyFor, Call } from '../http/call.ts'
import { itemsOf, type PageQuery } from '../http/pages.ts'
import type { Tokens } from '../http/tokens.ts'

export type ConversationsApi = ReturnType<typeof createConversationsApi>
export type NewGroup = Omit<Extract<BodyFor<'createConversation'>, { kind: 'group' }>, 'kind'>

/** Conversations and who is in them. */
export function createConversationsApi(call: Call, tokens: Tokens) {
  const list = (query: PageQuery = {}) => call('listConversations', { query })
  const members = (conversationId: string, page: PageQuery = {}) =>
    call('listMembers', { query: { conversationId, ...page } })
  const remove = (conversationId: string, userId: string) =>
    call('removeParticipant', { params: { conversationId, userId } })
  return {
    /** Creates a group, with me as its owner. */
    create: (group: NewGroup) => call('createConversation', { body: { kind: 'group', ...group } }),
    /** The direct conversation with a person, created when there is none. */
    openDirect: (userId: string) =>
      call('createConversation', { body: { kind: 'direct', userId } }),
    /** One page, latest activity first. */
    list,
    /** All of them, page after page. */
    all: () => itemsOf(list),
    get: (conversationId: string) => call('getConversation', { params: { conversationId } }),
    update: (conversationId: string, body: BodyFor<'updateConversation'>) =>
      call('updateConversation', { params: { conversationId }, body }),
    /** Counts what others wrote from this position on as unread; no receipt is taken back. */
    markUnread: (conversationId: string, position: number) =>
      call('updateConversation', { params: { conversationId }, body: { unreadFrom: position } }),
    /** Keeps what is written and not sent for my other devices; '' clears it. */
    saveDraft: (conversationId: string, text: string) =>
      call('saveDraft', { params: { conversationId }, body: { text } }),
    addMembers: (conversationId: string, userIds: string[]) =>
      call('addParticipants', { params: { conversationId }, body: { userIds } }),
    setRole: (conversationId: string, userId: string, role: Role) =>
      call('setRole', { params: { conversationId, userId }, body: { role } }),
    remove,
    leave: (conversationId: string) => remove(conversationId, tokens.getSession().user.id),
    members,
    allMembers: (conversationId: string) => itemsOf((page) => members(conversationId, page)),
  }
}
