import { MESSAGE_TEXT_MAX } from '@chatapp/protocol'
import { client } from '../session/client.ts'
import { textToKeep, withSavedDraft } from './drafts.ts'
import { emptyDraft, put } from './state.ts'
import { change, chat } from './store.ts'

const SAVE_PAUSE_MS = 800
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const saving = new Set<string>()

/** From now on drafts follow to my other devices, a moment after the last key. */
export function saveDrafts(signal: AbortSignal): void {
  const stop = chat.subscribe((state, before) => {
    const isBack = state.connection.kind === 'online' && before.connection.kind !== 'online'
    if (state.drafts === before.drafts && !isBack) return
    for (const [id, draft] of Object.entries(state.drafts)) {
      if (draft.isUnsaved && (isBack || draft !== before.drafts[id])) schedule(id)
    }
  })
  signal.addEventListener('abort', () => {
    stop()
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
  })
}

function schedule(id: string): void {
  clearTimeout(timers.get(id))
  timers.set(
    id,
    setTimeout(() => void save(id), SAVE_PAUSE_MS),
  )
}

/** One at a time for each conversation, so that an earlier text never lands after a later one. */
async function save(id: string): Promise<void> {
  timers.delete(id)
  const { drafts, conversations, connection } = chat.getState()
  const draft = drafts[id]
  const conversation = conversations[id]
  // Offline: the next connection schedules it again.
  if (!draft?.isUnsaved || !conversation || connection.kind !== 'online') return
  if (saving.has(id)) return schedule(id)
  const text = textToKeep(draft)
  // The server keeps no more than it would send; this device keeps it all.
  if ([...text].length > MESSAGE_TEXT_MAX) return
  if (text === (conversation.me.draft?.text ?? '')) return forgetUnsaved(id)
  saving.add(id)
  try {
    const saved = await client.conversations.saveDraft(id, text)
    change((state) => withSavedDraft(state, id, saved))
  } catch {
    // Offline again: it stays here, the next key or connection tries anew.
  } finally {
    saving.delete(id)
  }
}

function forgetUnsaved(id: string): void {
  change((state) => {
    const draft = { ...(state.drafts[id] ?? emptyDraft), isUnsaved: false }
    return { ...state, drafts: put(state.drafts, id, draft) }
  })
}
