import { type Entry, entriesOf, type Seen, type Stored, type StoredMessage } from './journal.ts'

/** The journals of all clients and the database, ready to be looked up. */
export interface Evidence {
  journal: Entry[]
  stored: Stored
  messageAt(conversationId: string, position: number): StoredMessage | undefined
  /** Every sight of a message by anybody, however they came by it. */
  sights: Sight[]
}

export interface Sight {
  who: string
  conversationId: string
  message: Seen
}

export function gather(journal: Entry[], stored: Stored): Evidence {
  const byPlace = new Map(stored.messages.map((m) => [placeOf(m.conversationId, m.position), m]))
  return {
    journal,
    stored,
    messageAt: (conversationId, position) => byPlace.get(placeOf(conversationId, position)),
    sights: journal.flatMap(sightsOf),
  }
}

export const placeOf = (conversationId: string, position: number) => `${conversationId}#${position}`

/** Who saw what where: the entries of each list, in the order of the journal. */
export function receivedBy(journal: Entry[]): Map<string, Seen[]> {
  const lists = new Map<string, Seen[]>()
  for (const { who, conversationId, message } of entriesOf(journal, 'received')) {
    const key = placeOf(`${who} in ${conversationId}`, 0)
    lists.set(key, [...(lists.get(key) ?? []), message])
  }
  return lists
}

function sightsOf(entry: Entry): Sight[] {
  switch (entry.kind) {
    case 'received':
      return [entry]
    case 'paged':
    case 'history':
      return entry.messages.map((message) => ({ ...entry, message }))
    default:
      return []
  }
}
