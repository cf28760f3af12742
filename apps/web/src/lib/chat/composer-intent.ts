import type { TextMessage } from '@chatapp/protocol'
import { emptyDraft, put } from './state.ts'
import { change } from './store.ts'

/** What the composer is to do with a message. */
export interface ComposerIntent {
  kind: 'reply' | 'edit'
  message: TextMessage
}

/** Takes a message into the composer of its conversation; what was being written is kept. */
export function setComposerIntent({ kind, message }: ComposerIntent): void {
  const { id: messageId, conversationId, data: text } = message
  if (text === null) return
  change((state) => {
    const draft = state.drafts[conversationId] ?? emptyDraft
    const calm = draft.editing ? { ...draft, text: draft.editing.kept, editing: null } : draft
    const next =
      kind === 'reply'
        ? { ...calm, replyTo: messageId }
        : { ...calm, text, editing: { messageId, kept: calm.text } }
    return { ...state, drafts: put(state.drafts, conversationId, next) }
  })
}

/** Gives up replying or editing; what was being written comes back. */
export function clearComposerIntent(conversationId: string): void {
  change((state) => {
    const draft = state.drafts[conversationId] ?? emptyDraft
    const next = draft.editing
      ? { ...draft, text: draft.editing.kept, editing: null }
      : { ...draft, replyTo: null }
    return { ...state, drafts: put(state.drafts, conversationId, next) }
  })
}
