import { type RefObject, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Virtualizer } from 'virtua'
import type { ConversationFacts } from '../../lib/chat/facts.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AddPeople } from './AddPeople.tsx'
import { MemberRow } from './MemberRow.tsx'
import { isModerator } from './roles.ts'
import { useMemberIds } from './use-member-ids.ts'

const ROW_PX = 44
/** Fewer are seen at a glance. */
const SEARCH_FROM = 8

interface MembersProps {
  conversation: ConversationFacts
  scroller: HTMLElement
}

export function Members({ conversation, scroller }: MembersProps) {
  const { t } = useTranslation('details')
  const [query, setQuery] = useState('')
  const { ids, isLoaded, loadMore } = useMemberIds(conversation.id, query)
  const scrollRef = useMemo<RefObject<HTMLElement>>(() => ({ current: scroller }), [scroller])
  const list = useRef<HTMLDivElement>(null)
  return (
    <section aria-label={t('members')} className="mt-4">
      <Heading conversation={conversation} />
      {conversation.memberCount >= SEARCH_FROM && (
        <input
          type="search"
          aria-label={t('findMember')}
          placeholder={t('findMember')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="mt-1 mb-2 h-9 w-full rounded-card border border-line-strong bg-canvas px-3 text-small placeholder:text-ink-3"
        />
      )}
      {!isLoaded && <Skeleton className="mt-2 h-9" />}
      {isLoaded && ids.length === 0 && (
        <p className="py-2 text-small text-ink-3">{t('nobodyFound')}</p>
      )}
      <div ref={list}>
        <Virtualizer
          scrollRef={scrollRef}
          startMargin={list.current?.offsetTop ?? 0}
          itemSize={ROW_PX}
          data={ids}
          as="ul"
          item="li"
          onScrollEnd={() => isNearEnd(scroller) && loadMore()}
        >
          {(userId) => <MemberRow key={userId} conversation={conversation} userId={userId} />}
        </Virtualizer>
      </div>
    </section>
  )
}

function Heading({ conversation }: { conversation: ConversationFacts }) {
  const { t } = useTranslation('details')
  const [isAdding, setIsAdding] = useState(false)
  const { invites, me, lobby, memberCount } = conversation
  const mayAdd = !lobby && (invites === 'members' || isModerator(me.role))
  return (
    <div className="flex min-h-8 items-center justify-between">
      <h3 className="text-label tracking-wide text-ink-3 uppercase">
        {t('members')} <span className="tabular-nums">{memberCount}</span>
      </h3>
      {mayAdd && (
        <button
          type="button"
          className="-mr-2 h-8 rounded-control px-2 text-small font-semibold text-accent-ink hover:bg-hover"
          onClick={() => setIsAdding(true)}
        >
          {t('addPeople')}
        </button>
      )}
      {isAdding && <AddPeople conversation={conversation} onClose={() => setIsAdding(false)} />}
    </div>
  )
}

function isNearEnd({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
  return scrollTop + clientHeight > scrollHeight - clientHeight
}
