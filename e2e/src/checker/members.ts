import { type Evidence, placeOf } from './evidence.ts'
import { entriesOf, type StoredParticipant, type Violation } from './journal.ts'

/** P4, P5 and P8: members see everything, in history too, and nobody else sees anything. */
export function checkMembers(evidence: Evidence): Violation[] {
  return [...missed(evidence), ...incomplete(evidence), ...leaks(evidence)]
}

function missed({ stored, sights }: Evidence): Violation[] {
  const seen = new Set(
    sights.map(({ who, conversationId, message }) => key(who, conversationId, message.position)),
  )
  return spans(stored.participants, stored.conversations).flatMap(({ participant, last }) => {
    const { userId, conversationId, joined } = participant
    const missing = range(joined + 1, last).filter((p) => !seen.has(key(userId, conversationId, p)))
    return missing.map((position): Violation => {
      return { promise: 'P4', what: `${userId} never saw ${placeOf(conversationId, position)}` }
    })
  })
}

function incomplete({ journal, stored }: Evidence): Violation[] {
  return entriesOf(journal, 'history').flatMap(({ who, conversationId, messages }): Violation[] => {
    const last = stored.conversations.find(({ id }) => id === conversationId)?.lastPosition
    if (messages.length === last) return []
    const what = `${who} reads ${messages.length} of ${last} messages in ${conversationId}`
    return [{ promise: 'P5', what }]
  })
}

function leaks({ stored, sights }: Evidence): Violation[] {
  const byMember = new Map(
    stored.participants.map((one) => [key(one.userId, one.conversationId, 0), one]),
  )
  return sights.flatMap(({ who, conversationId, message }): Violation[] => {
    const member = byMember.get(key(who, conversationId, 0))
    const mayRead = member && message.position <= (member.left ?? Number.POSITIVE_INFINITY)
    if (mayRead) return []
    const place = placeOf(conversationId, message.position)
    return [{ promise: 'P8', what: `${who} saw ${place} and was no member` }]
  })
}

function spans(
  participants: StoredParticipant[],
  conversations: Evidence['stored']['conversations'],
) {
  const lasts = new Map(conversations.map(({ id, lastPosition }) => [id, lastPosition]))
  return participants
    .filter(({ left }) => left === null)
    .map((participant) => ({ participant, last: lasts.get(participant.conversationId) ?? 0 }))
}

const key = (who: string, conversationId: string, position: number) =>
  `${who} ${placeOf(conversationId, position)}`

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
