import { loadMembers } from './refresh.ts'
import { change, chat } from './store.ts'

const lookers = new Map<string, number>()
/** Asked for on the present connection. */
const asked = new Set<string>()
let isAsking = false

/**
 * While somebody looks at a conversation, its members and how far they have got are known here.
 * Returns what ends it.
 */
export function lookAtMembers(conversationId: string): () => void {
  lookers.set(conversationId, (lookers.get(conversationId) ?? 0) + 1)
  void ask()
  return () => {
    const left = (lookers.get(conversationId) ?? 1) - 1
    if (left > 0) lookers.set(conversationId, left)
    else lookers.delete(conversationId)
  }
}

/** Receipts are not in the log: what was missed of them while away is asked for. */
export function askForMembersAnew(): void {
  asked.clear()
  void ask()
}

/** From now on others are told here as having got elsewhere, perhaps less far than before. */
export function forgetMembers(): void {
  change((state) => ({ ...state, members: {} }))
  askForMembersAnew()
}

/** What was known of one conversation had to be forgotten. */
export function askForMembersOf(conversationId: string): void {
  asked.delete(conversationId)
  void ask()
}

/** One after the other: a list shows many conversations at once. */
async function ask(): Promise<void> {
  if (isAsking) return
  isAsking = true
  for (let id = next(); id !== undefined; id = next()) {
    asked.add(id)
    // Offline again: the next connection asks anew.
    await loadMembers(id).catch(() => {})
  }
  isAsking = false
}

function next(): string | undefined {
  if (chat.getState().connection.kind !== 'online') return undefined
  return [...lookers.keys()].find((id) => !asked.has(id))
}
