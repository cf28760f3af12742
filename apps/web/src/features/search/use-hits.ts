import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { rememberSearch, showFound, useSearches } from '../../lib/shell/searches.ts'
import { searchOf } from '../../lib/shell/use-search-pane.ts'
import { findMore, type Hit, useAnswer } from './answer.ts'
import type { Group } from './groups.ts'

export type Hits = ReturnType<typeof useHits>

/** Going from hit to hit, in the order in which they are shown. */
export function useHits(groups: Group[]) {
  const navigate = useNavigate()
  const list = useRef<HTMLDivElement>(null)
  const openedId = useSearches((state) => state.found?.messageId)
  const hits = groups.flatMap((group) => group.hits)

  function step(by: 1 | -1) {
    const at = hits.findIndex(({ message }) => message.id === openedId)
    const next = hits[at < 0 ? 0 : at + by]
    if (!next) return
    opened(next)
    void navigate(linkOf(next))
    linkTo(list.current, next.message.id)?.scrollIntoView({ block: 'nearest' })
    if (at + by >= hits.length - 1) void findMore()
  }
  function focusFirst() {
    const link = openedId ? linkTo(list.current, openedId) : null
    const first = list.current?.querySelector<HTMLElement>('a[data-hit]')
    ;(link ?? first)?.focus()
  }
  return { list, openedId, step, focusFirst }
}

export function opened({ message, highlights }: Hit): void {
  showFound({ messageId: message.id, position: message.position, highlights })
  rememberSearch(useAnswer.getState().found?.query ?? '')
}

/** The search goes with it: beside the message, or to be gone back to. */
export function linkOf({ message, conversation }: Hit) {
  const { query = '', sort } = useAnswer.getState().found ?? {}
  return {
    to: '/c/$conversationId/$position',
    params: { conversationId: conversation.id, position: String(message.position) },
    search: searchOf({ query, sort }),
  } as const
}

function linkTo(list: HTMLElement | null, messageId: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`a[data-hit="${CSS.escape(messageId)}"]`) ?? null
}
