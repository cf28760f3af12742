import { type Evidence, placeOf, receivedBy } from './evidence.ts'
import { type Entry, entriesOf, type Seen, type Violation } from './journal.ts'

/** P3: positions are dense, mean the same message to everybody, and only go up. */
export function checkOrder(evidence: Evidence): Violation[] {
  return [...gaps(evidence), ...contradictions(evidence), ...inversions(evidence.journal)]
}

function gaps({ stored }: Evidence): Violation[] {
  return stored.conversations.flatMap(({ id, lastPosition }): Violation[] => {
    const own = stored.messages.filter((m) => m.conversationId === id)
    const positions = own.map((m) => m.position).sort((a, b) => a - b)
    const isDense = positions.every((position, i) => position === i + 1)
    const isWhole = isDense && positions.length === lastPosition
    return isWhole ? [] : [{ promise: 'P3', what: `positions of ${id} are not 1 to the last` }]
  })
}

/** Of what anybody saw or was told against the table. */
function contradictions({ journal, sights, messageAt }: Evidence): Violation[] {
  const ids = new Map<string, string>()
  const found: Violation[] = []
  const compareId = (place: string, id: string) => {
    const known = ids.get(place)
    if (known !== undefined && known !== id)
      found.push({ promise: 'P3', what: `${place} is ${known} and ${id}` })
    ids.set(place, known ?? id)
  }
  for (const { conversationId, position, messageId } of entriesOf(journal, 'acked'))
    compareId(placeOf(conversationId, position), messageId)
  for (const { who, conversationId, message } of sights) {
    const place = placeOf(conversationId, message.position)
    compareId(place, message.id)
    const there = messageAt(conversationId, message.position)
    const isSame = there?.senderId === message.senderId && there.clientId === message.clientId
    if (!isSame) found.push({ promise: 'P3', what: `${who} saw what is not stored at ${place}` })
    else if (message.data !== null && !there.isUnsent && message.data !== there.data)
      found.push({ promise: 'P3', what: `${who} saw another text at ${place}` })
  }
  return found
}

function inversions(journal: Entry[]): Violation[] {
  const received = [...receivedBy(journal)]
  const paged = [...entriesOf(journal, 'paged'), ...entriesOf(journal, 'history')].map(
    (entry): [string, Seen[]] => [`${entry.who} in ${entry.conversationId}`, entry.messages],
  )
  return [...received, ...paged].flatMap(([where, messages]) =>
    messages.flatMap(({ position }, i): Violation[] => {
      const before = messages[i - 1]?.position ?? 0
      if (position > before) return []
      const what = `${where}: ${position} came after ${before}`
      return [{ promise: position === before ? 'P2' : 'P3', what }]
    }),
  )
}
