import type { Evidence } from './evidence.ts'
import { type EntryOf, entriesOf, type Violation } from './journal.ts'

/** P6 and P8: search finds just what its caller can read. */
export function checkSearch(evidence: Evidence): Violation[] {
  return entriesOf(evidence.journal, 'searched').flatMap((one) => compare(one, evidence))
}

function compare({ who, word, messageIds }: EntryOf<'searched'>, evidence: Evidence): Violation[] {
  const wanted = readable(who, word, evidence)
  const found = new Set(messageIds)
  const missing = [...wanted].filter((id) => !found.has(id))
  const beyond = messageIds.filter((id) => !wanted.has(id))
  return [
    ...missing.map((id): Violation => ({ promise: 'P6', what: `${who} does not find ${id}` })),
    ...beyond.map((id): Violation => ({ promise: 'P8', what: `${who} finds ${id} wrongly` })),
    ...(found.size === messageIds.length
      ? []
      : [{ promise: 'P6' as const, what: `${who} finds something twice` }]),
  ]
}

/** Ids are known from what the caller has seen: what they never saw, P4 tells. */
function readable(who: string, word: string, { stored, sights, messageAt }: Evidence): Set<string> {
  const isMember = (conversationId: string) =>
    stored.participants.some(
      (one) => one.userId === who && one.conversationId === conversationId && one.left === null,
    )
  const own = sights.filter((sight) => sight.who === who && isMember(sight.conversationId))
  return new Set(
    own.flatMap(({ conversationId, message }) => {
      const there = messageAt(conversationId, message.position)
      const hasWord = there && !there.isUnsent && there.data?.split(' ').includes(word)
      return hasWord ? [message.id] : []
    }),
  )
}
