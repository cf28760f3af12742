import type { MessageReceipts, TextMessage } from '@chatapp/protocol'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { receiptsOf } from '../../lib/chat/actions.ts'
import { usePerson, useTick } from '../../lib/chat/hooks.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { exactTime } from '../../lib/time/time.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

/** Who has seen a message and when, and whom else it has reached; of large groups how many. */
export function SeenBy({ message }: { message: TextMessage }) {
  const { t } = useTranslation('timeline')
  const [found, setFound] = useState<MessageReceipts | string | null>(null)
  const tick = useTick(message.conversationId, message.position)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when it has got further
  useEffect(() => {
    let isWanted = true
    const show = (next: MessageReceipts | string) => isWanted && setFound(next)
    receiptsOf(message.id).then(show, (error: unknown) => show(problemText(error)))
    return () => {
      isWanted = false
    }
  }, [message.id, tick])
  if (found === null) return <Skeleton className="mx-5 mb-5 h-10" />
  if (typeof found === 'string') return <p className="px-5 pb-5 text-row">{found}</p>
  if ('readCount' in found) {
    return (
      <p className="px-5 pb-5 text-row">
        {t('seenCounts', { read: found.readCount, delivered: found.deliveredCount })}
      </p>
    )
  }
  const readers = new Set(found.readBy.map(({ userId }) => userId))
  const reached = found.deliveredTo.filter(({ userId }) => !readers.has(userId))
  return (
    <div className="overflow-y-auto px-5 pb-5">
      <People title={t('read')} people={found.readBy} />
      <People title={t('delivered')} people={reached} />
      {found.readBy.length + reached.length === 0 && (
        <p className="text-row">{t('seenByNobody')}</p>
      )}
    </div>
  )
}

interface PersonAt {
  userId: string
  at: string
}

function People({ title, people }: { title: string; people: PersonAt[] }) {
  if (people.length === 0) return null
  return (
    <section>
      <h3 className="pt-2 pb-1 text-label text-ink-3">{title}</h3>
      <ul>
        {people.map((person) => (
          <PersonLine key={person.userId} {...person} />
        ))}
      </ul>
    </section>
  )
}

function PersonLine({ userId, at }: PersonAt) {
  const { t, i18n } = useTranslation('app')
  const person = usePerson(userId)
  const name = person?.displayName ?? t('somebody')
  return (
    <li className="flex min-h-11 items-center gap-2.5">
      <Avatar id={userId} name={name} url={person?.avatarUrl} size="small" />
      <bdi className="min-w-0 flex-1 truncate text-row font-medium">{name}</bdi>
      <time dateTime={at} className="text-right text-meta text-ink-3">
        {exactTime(at, i18n.language)}
      </time>
    </li>
  )
}
