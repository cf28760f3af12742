import { conversationName } from '../../lib/chat/select.ts'
import type { ChatState } from '../../lib/chat/state.ts'
import { folded } from '../../lib/text/folded.ts'

/** A line of the list; headings are there only when there is something to tell apart. */
export type ListRow =
  | { kind: 'heading'; name: 'pinned' | 'recent' }
  | { kind: 'conversation'; id: string }

/** `ids` in the order of the list: so many pinned ones first. */
export function listRows(ids: string[], pinnedCount: number): ListRow[] {
  const rows: ListRow[] = ids.map((id) => ({ kind: 'conversation', id }))
  if (pinnedCount === 0) return rows
  const rest = rows.slice(pinnedCount)
  const top: ListRow[] = [{ kind: 'heading', name: 'pinned' }, ...rows.slice(0, pinnedCount)]
  return rest.length > 0
    ? [...top, { kind: 'heading' as const, name: 'recent' as const }, ...rest]
    : top
}

export function countPinned(ids: string[], { conversations }: ChatState): number {
  return ids.filter((id) => conversations[id]?.me.pinned).length
}

/** Those with a word of their name that begins like this, then those that contain it. */
export function idsNamed(ids: string[], query: string, state: ChatState): string[] {
  const wanted = folded(query.trim())
  if (wanted === '') return ids
  const ranked = ids.flatMap((id) => {
    const conversation = state.conversations[id]
    const name = conversation ? folded(conversationName(conversation, state)) : ''
    if (!name.includes(wanted)) return []
    return { id, rank: name.split(/[\s._-]+/).some((word) => word.startsWith(wanted)) ? 0 : 1 }
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ id }) => id)
}
