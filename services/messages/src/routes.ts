import { type MessagesApi, routes, spokenVersion } from '@chatapp/protocol'
import { Answer, type Binding, bindRoute, type Caller } from '@chatapp/service-kit'
import { listActivity } from './activity/list.ts'
import type { Context } from './context.ts'
import { createGroup, openDirect } from './conversations/create.ts'
import { listConversations } from './conversations/list.ts'
import { presentConversation } from './conversations/present.ts'
import { getOverview } from './conversations/queries.ts'
import { updateConversation } from './conversations/update.ts'
import { saveDraft } from './drafts/save.ts'
import { bindHooks } from './hooks/routes.ts'
import { editMessage } from './messages/edit.ts'
import { getMessage } from './messages/get.ts'
import { getHistory } from './messages/history.ts'
import { addReaction, removeReaction } from './messages/react.ts'
import { unsendMessage } from './messages/unsend.ts'
import { addParticipants } from './participants/add.ts'
import { listMembers } from './participants/list-members.ts'
import { presentParticipant } from './participants/present.ts'
import { removeParticipant } from './participants/remove.ts'
import { setRole } from './participants/set-role.ts'
import type { AdvanceNow } from './receipts/advance.ts'
import { getReceipts } from './receipts/who.ts'
import { searchMessages } from './search/search.ts'
import { roomFor, sync } from './sync/sync.ts'
import { bindWebhooks } from './webhooks/routes.ts'

interface Verbs {
  api: MessagesApi
  advance: AdvanceNow
}

export function bindMessages(binding: Binding, context: Context, verbs: Verbs): void {
  bindConversations(binding, context)
  bindParticipants(binding, context)
  bindMessageRoutes(binding, context, verbs)
  bindReceipts(binding, context, verbs)
  bindWebhooks(binding, context)
  bindHooks(binding, context, verbs.api)
}

function bindConversations(binding: Binding, context: Context): void {
  bindRoute(binding, routes.createConversation, async ({ body, caller }) => {
    if (body.kind === 'group') return createGroup(context, caller.userId, body)
    const { created, conversation } = await openDirect(context, caller.userId, body.userId)
    return new Answer(created ? 201 : 200, conversation)
  })
  bindRoute(binding, routes.listConversations, ({ query, caller }) =>
    listConversations(context, caller.userId, query),
  )
  bindRoute(binding, routes.getConversation, async ({ params, caller }) =>
    presentConversation(
      context,
      await getOverview(context.db, params.conversationId, caller.userId),
    ),
  )
  bindRoute(binding, routes.updateConversation, ({ params, body, caller }) =>
    updateConversation(context, { ...whereOf(params, caller), patch: body }),
  )
  bindRoute(binding, routes.saveDraft, ({ params, body, caller }) =>
    saveDraft(context, { ...whereOf(params, caller), text: body.text }),
  )
}

function bindParticipants(binding: Binding, context: Context): void {
  bindRoute(binding, routes.addParticipants, ({ params, body, caller }) =>
    addParticipants(context, { ...whereOf(params, caller), userIds: body.userIds }),
  )
  bindRoute(binding, routes.setRole, ({ params, body, caller }) =>
    setRole(context, { ...whereOf(params, caller), targetId: params.userId, role: body.role }),
  )
  bindRoute(binding, routes.removeParticipant, async ({ params, caller }) => {
    await removeParticipant(context, { ...whereOf(params, caller), targetId: params.userId })
    return undefined
  })
  bindRoute(binding, routes.listMembers, ({ query, caller }) =>
    listMembers(context, { ...query, userId: caller.userId }),
  )
}

function bindMessageRoutes(binding: Binding, context: Context, { api }: Verbs): void {
  bindRoute(binding, routes.sendMessage, async ({ body, caller }) => {
    const { conversationId, clientId = null, data, replyTo = null } = body
    const { message, created } = await api.send({
      senderId: caller.userId,
      conversationId,
      clientId,
      data,
      replyTo,
    })
    return new Answer(created ? 201 : 200, message)
  })
  bindRoute(binding, routes.getHistory, ({ params, query, caller }) =>
    getHistory(context, { ...whereOf(params, caller), query }),
  )
  bindRoute(binding, routes.getMessage, ({ params, caller }) =>
    getMessage(context, caller.userId, params.messageId),
  )
  bindRoute(binding, routes.unsendMessage, ({ params, caller }) =>
    unsendMessage(context, caller.userId, params.messageId),
  )
  bindRoute(binding, routes.editMessage, ({ params, body, caller }) =>
    editMessage(context, { userId: caller.userId, messageId: params.messageId, data: body.data }),
  )
  bindRoute(binding, routes.addReaction, ({ params, caller }) =>
    addReaction(context, { ...params, userId: caller.userId }),
  )
  bindRoute(binding, routes.removeReaction, ({ params, caller }) =>
    removeReaction(context, { ...params, userId: caller.userId }),
  )
  bindRoute(binding, routes.searchMessages, ({ query, caller }) =>
    searchMessages(context, caller.userId, query),
  )
  bindRoute(binding, routes.listActivity, ({ query, caller }) =>
    listActivity(context, caller.userId, query),
  )
  bindRoute(binding, routes.sync, ({ body, caller, headers }) =>
    sync(context, {
      userId: caller.userId,
      cursors: body.conversations,
      room: roomFor(spokenVersion(headers.accept)),
    }),
  )
}

function bindReceipts(binding: Binding, context: Context, { advance }: Verbs): void {
  bindRoute(binding, routes.getReceipts, ({ params, caller }) =>
    getReceipts(context, caller.userId, params.messageId),
  )
  bindRoute(binding, routes.advanceReceipts, async ({ params, body, caller }) =>
    // It may be the second try of who has got no answer to the first.
    presentParticipant(await advance({ ...whereOf(params, caller), ...body, again: true }), {
      userId: caller.userId,
      hidesReads: false,
    }),
  )
}

function whereOf({ conversationId }: { conversationId: string }, { userId }: Caller) {
  return { conversationId, userId }
}
