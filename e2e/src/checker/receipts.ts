import type { Evidence } from './evidence.ts'
import { entriesOf, type StoredAdvance, type Violation } from './journal.ts'

/** P7: watermarks only rise, stay within the log, and unread counts are those of a recount. */
export function checkReceipts(evidence: Evidence): Violation[] {
  return [...beyond(evidence), ...sunken(evidence), ...invented(evidence), ...miscounted(evidence)]
}

function beyond({ stored }: Evidence): Violation[] {
  const lasts = new Map(stored.conversations.map(({ id, lastPosition }) => [id, lastPosition]))
  return stored.participants
    .filter(({ conversationId, read, delivered }) => {
      return Math.max(read, delivered) > (lasts.get(conversationId) ?? 0)
    })
    .map(({ userId, conversationId }) => {
      return {
        promise: 'P7',
        what: `a watermark of ${userId} is past the end of ${conversationId}`,
      }
    })
}

/** The stretches that each watermark went through must not overlap, and end where it stands. */
function sunken({ stored }: Evidence): Violation[] {
  const tracks = new Map<string, StoredAdvance[]>()
  for (const one of stored.advances)
    tracks.set(trackOf(one), [...(tracks.get(trackOf(one)) ?? []), one])
  const stands = new Map(
    stored.participants.flatMap((one) => [
      [trackOf({ ...one, of: 'read' }), one.read] as const,
      [trackOf({ ...one, of: 'delivered' }), one.delivered] as const,
    ]),
  )
  return [...tracks].flatMap(([track, advances]): Violation[] => {
    const sorted = advances.toSorted((a, b) => a.to - b.to)
    const isRising = sorted.every(({ from, to }, i) => {
      return from < to && from >= (sorted[i - 1]?.to ?? 0)
    })
    const isWithin = (sorted.at(-1)?.to ?? 0) <= (stands.get(track) ?? 0)
    return isRising && isWithin ? [] : [{ promise: 'P7', what: `a watermark sank: ${track}` }]
  })
}

/** Nobody is told more than the watermark says in the end. */
function invented({ journal, stored }: Evidence): Violation[] {
  const stands = new Map(
    stored.participants.map((one) => [`${one.userId} ${one.conversationId}`, one]),
  )
  return entriesOf(journal, 'receipt').flatMap((told): Violation[] => {
    const stand = stands.get(`${told.userId} ${told.conversationId}`)
    if (told.position <= (stand?.[told.of] ?? 0)) return []
    const what = `${told.who} was told that ${told.userId} had ${told.of} ${told.position}`
    return [{ promise: 'P7', what }]
  })
}

function miscounted({ journal, stored }: Evidence): Violation[] {
  return entriesOf(journal, 'counted').flatMap((counted): Violation[] => {
    const { who, conversationId, unread, readPosition } = counted
    const unreadMessages = stored.messages.filter(
      (m) =>
        m.conversationId === conversationId &&
        m.position > readPosition &&
        m.senderId !== who &&
        m.kind === 'text' &&
        !m.isUnsent,
    )
    if (unreadMessages.length === unread) return []
    const what = `${who} has ${unreadMessages.length} unread in ${conversationId}, told ${unread}`
    return [{ promise: 'P7', what }]
  })
}

const trackOf = ({ conversationId, userId, of }: Omit<StoredAdvance, 'from' | 'to'>) =>
  `${of} of ${userId} in ${conversationId}`
