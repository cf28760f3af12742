import { conversationName } from '../../lib/chat/select.ts'
import type { ChatState } from '../../lib/chat/state.ts'

/** A line of the list; headings are there only when there is something to tell apart. */
export type ListRow =
  | { kind: 'heading'; name: 'pinned' | 'recent' }
  | { kind: 'conversation'; id: string }

/** `ids` in the order of the list: pinned ones first. */
export function listRows(ids: string[], { conversations }: Pick<ChatState, 'conversations'>) {
  const pinned = ids.filter((id) => conversations[id]?.me.pinned)
  const rows: ListRow[] = ids.map((id) => ({ kind: 'conversation', id }))
  if (pinned.length === 0) return rows
  const rest = rows.slice(pinned.length)
  const top: ListRow[] = [{ kind: 'heading', name: 'pinned' }, ...rows.slice(0, pinned.length)]
  return rest.length > 0
    ? [...top, { kind: 'heading' as const, name: 'recent' as const }, ...rest]
    : top
}

/** Those with a word of their name that begins like this, then those that contain it. */
export function idsNamed(ids: string[], query: string, state: ChatState): string[] {
  const wanted = query.trim().toLocaleLowerCase()
  if (wanted === '') return ids
  const ranked = ids.flatMap((id) => {
    const conversation = state.conversations[id]
    const name = conversation ? conversationName(conversation, state).toLocaleLowerCase() : ''
    if (!name.includes(wanted)) return []
    return { id, rank: name.split(/[\s._-]+/).some((word) => word.startsWith(wanted)) ? 0 : 1 }
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ id }) => id)
}
