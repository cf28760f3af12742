import type { LiveEventOf } from '@chatapp/sdk'
import { type ChatState, emptyDraft, put } from './state.ts'

/** What I wrote on another device. It does not replace a message that is being edited here. */
export function withOtherDraft(state: ChatState, event: LiveEventOf<'draft'>): ChatState {
  const { conversationId: id, text, updatedAt } = event
  const conversation = state.conversations[id]
  if (!conversation || updatedAt <= (conversation.me.draft?.updatedAt ?? '')) return state
  const me = { ...conversation.me, draft: { text, updatedAt } }
  const conversations = put(state.conversations, id, { ...conversation, me })
  const draft = state.drafts[id] ?? emptyDraft
  if (draft.editing) return { ...state, conversations }
  return { ...state, conversations, drafts: put(state.drafts, id, { ...draft, text }) }
}
