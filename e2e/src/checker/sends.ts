import type { Evidence } from './evidence.ts'
import { entriesOf, type Violation } from './journal.ts'

/** P1 and P2: what was acknowledged is stored as it was sent, and everything only once. */
export function checkSends(evidence: Evidence): Violation[] {
  return [...lost(evidence), ...doubled(evidence), ...phantoms(evidence)]
}

function lost({ journal, messageAt }: Evidence): Violation[] {
  const sent = new Map(entriesOf(journal, 'sent').map((one) => [nameOf(one), one]))
  return entriesOf(journal, 'acked').flatMap((ack): Violation[] => {
    const there = messageAt(ack.conversationId, ack.position)
    const tried = sent.get(nameOf(ack))
    const isThere = there?.senderId === ack.who && there.clientId === ack.clientId
    if (!isThere) return [{ promise: 'P1', what: `acknowledged and not stored: ${nameOf(ack)}` }]
    const isSame = there.isUnsent || there.data === tried?.data
    return isSame ? [] : [{ promise: 'P1', what: `stored with another text: ${nameOf(ack)}` }]
  })
}

function doubled({ journal, stored }: Evidence): Violation[] {
  const rows = stored.messages
    .filter(({ kind }) => kind === 'text')
    .map((m) => nameOf({ ...m, who: m.senderId }))
  const acks = new Map<string, string>()
  const answers: string[] = []
  for (const ack of entriesOf(journal, 'acked')) {
    const before = acks.get(nameOf(ack))
    if (before !== undefined && before !== ack.messageId) answers.push(nameOf(ack))
    acks.set(nameOf(ack), ack.messageId)
  }
  return [
    ...repeated(rows).map((name): Violation => ({ promise: 'P2', what: `stored twice: ${name}` })),
    ...answers.map((name): Violation => ({ promise: 'P2', what: `two answers to: ${name}` })),
  ]
}

function phantoms({ journal, stored }: Evidence): Violation[] {
  const sent = new Set(entriesOf(journal, 'sent').map(nameOf))
  return stored.messages
    .filter((m) => m.kind === 'text' && !sent.has(nameOf({ ...m, who: m.senderId })))
    .map((m) => ({ promise: 'P2', what: `nobody sent ${nameOf({ ...m, who: m.senderId })}` }))
}

interface Named {
  who: string
  conversationId: string
  clientId: string
}

const nameOf = ({ who, conversationId, clientId }: Named) =>
  `${clientId} of ${who} in ${conversationId}`

function repeated(names: string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size)
}
