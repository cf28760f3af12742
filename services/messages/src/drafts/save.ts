import type { Draft, FrameOf } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { notFound } from '../conversations/policy.ts'
import { publishToSelf } from '../log/publish.ts'
import { upsertDraft } from './queries.ts'

interface DraftSaving {
  conversationId: string
  userId: string
  text: string
}

/** Keeps a draft, or clears it with '', and tells the other devices of the one who wrote it. */
export async function saveDraft(context: Context, saving: DraftSaving): Promise<Draft> {
  const { conversationId, userId, text } = saving
  const updatedAt = await upsertDraft(context.sql, { ...saving, at: new Date(context.now()) })
  if (!updatedAt) throw notFound()
  const draft = { text, updatedAt: updatedAt.toISOString() }
  const frame: FrameOf<'draft'> = { type: 'draft', conversationId, ...draft }
  publishToSelf(context, userId, frame)
  return draft
}
