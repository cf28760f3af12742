import type { Conversation, Draft as ServerDraft } from '@chatapp/protocol'
import type { LiveEventOf } from '@chatapp/sdk'
import { type ChatState, type Draft, emptyDraft, put } from './state.ts'

/** What I wrote on another device, or in another tab. */
export function withOtherDraft(state: ChatState, event: LiveEventOf<'draft'>): ChatState {
  const { conversationId: id, text, updatedAt } = event
  const conversation = state.conversations[id]
  if (!conversation || updatedAt <= (conversation.me.draft?.updatedAt ?? '')) return state
  const me = { ...conversation.me, draft: { text, updatedAt } }
  const conversations = put(state.conversations, id, { ...conversation, me })
  return { ...state, conversations, drafts: taken(state, id, text) }
}

/** The draft that comes along with a conversation, when it is later than the one known here. */
export function withServerDraft(state: ChatState, { id, me }: Conversation): ChatState {
  const known = state.conversations[id]?.me.draft?.updatedAt ?? ''
  if (!me.draft || me.draft.updatedAt <= known) return state
  return { ...state, drafts: taken(state, id, me.draft.text) }
}

/** The server has it. Should more have been written meanwhile, that is still to be saved. */
export function withSavedDraft(state: ChatState, id: string, saved: ServerDraft): ChatState {
  const conversation = state.conversations[id]
  const draft = state.drafts[id] ?? emptyDraft
  const isSaved = textToKeep(draft) === saved.text
  const drafts = put(state.drafts, id, { ...draft, isUnsaved: !isSaved })
  if (!conversation || saved.updatedAt < (conversation.me.draft?.updatedAt ?? '')) {
    return { ...state, drafts }
  }
  const next = { ...conversation, me: { ...conversation.me, draft: saved } }
  return { ...state, drafts, conversations: put(state.conversations, id, next) }
}

/** What another tab wrote later than what is here. An edit is its tab's own affair. */
export function withTabDraft(state: ChatState, id: string, draft: Draft): ChatState {
  const known = state.drafts[id] ?? emptyDraft
  if (known.editing || draft.editing || draft.writtenAt <= known.writtenAt) return state
  return { ...state, drafts: put(state.drafts, id, draft) }
}

/** Of each conversation the one that was written last, when two tabs keep theirs. */
export function latestDrafts(
  kept: ChatState['drafts'],
  own: ChatState['drafts'],
): ChatState['drafts'] {
  const later = Object.entries(kept).filter(
    ([id, { writtenAt }]) => writtenAt > (own[id]?.writtenAt ?? -1),
  )
  return { ...own, ...Object.fromEntries(later) }
}

/** While a message is edited, the draft is what was there before. */
export function textToKeep({ text, editing }: Draft): string {
  return editing ? editing.kept : text
}

/** What is written here and not saved yet is the latest: an echo of it must not undo keystrokes. */
function taken({ drafts }: ChatState, id: string, text: string): ChatState['drafts'] {
  const draft = drafts[id] ?? emptyDraft
  if (draft.isUnsaved || textToKeep(draft) === text) return drafts
  const { editing } = draft
  if (editing) return put(drafts, id, { ...draft, editing: { ...editing, kept: text } })
  return put(drafts, id, { ...draft, text })
}
