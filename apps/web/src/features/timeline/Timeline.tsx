import { MessageCircle } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { VList, type VListHandle } from 'virtua'
import { markRead } from '../../lib/chat/actions.ts'
import { follow, loadNewer, loadOlder } from '../../lib/chat/history.ts'
import { usePending, useSelf, useTimeline } from '../../lib/chat/hooks.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { keyOf, rowsOf } from './rows.ts'
import { TimelineRow } from './TimelineRow.tsx'
import { TypingLine } from './TypingLine.tsx'

interface TimelineProps {
  conversationId: string
  /** To be shown, as a link asked. */
  position: number | undefined
}

const NEAR_END_PX = 400
const AT_END_PX = 40

/** A first version: rows, pages at both ends, marking read what is displayed. */
export function Timeline({ conversationId, position }: TimelineProps) {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline(conversationId)
  const pending = usePending(conversationId)
  const self = useSelf()
  const list = useRef<VListHandle>(null)
  const isAtEnd = useRef(true)
  const rows = timeline ? rowsOf(timeline, pending, self?.id ?? '') : []
  const isReady = timeline?.status === 'ready'
  const last = timeline?.messages.at(-1)
  const unreadFrom = timeline?.unreadFrom ?? null
  const target = position ?? unreadFrom

  // biome-ignore lint/correctness/useExhaustiveDependencies: once when it opens and for every link, not for what arrives
  useEffect(() => {
    if (!isReady) return
    const index = rows.findIndex((row) => row.kind === 'message' && row.message.position === target)
    list.current?.scrollToIndex(index < 0 ? rows.length - 1 : index, {
      align: index < 0 ? 'end' : 'center',
    })
  }, [isReady, target])
  useEffect(() => {
    if (isAtEnd.current) list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [rows.length])
  useEffect(() => {
    if (!last || timeline?.after !== null || document.visibilityState !== 'visible') return
    if (isAtEnd.current) markRead(conversationId, last.position)
  }, [conversationId, last, timeline?.after])

  function onScroll(offset: number) {
    const handle = list.current
    if (!handle || !isReady) return
    const below = handle.scrollSize - handle.viewportSize - offset
    isAtEnd.current = below < AT_END_PX
    follow(conversationId, isAtEnd.current)
    if (offset < NEAR_END_PX) void loadOlder(conversationId)
    if (below < NEAR_END_PX) void loadNewer(conversationId)
    if (isAtEnd.current && last && timeline?.after === null) markRead(conversationId, last.position)
  }

  return (
    <>
      <div role="log" aria-label={t('label')} className="min-h-0 flex-1">
        {!isReady && <Placeholders />}
        {isReady && rows.length === 0 && (
          <EmptyState icon={MessageCircle} title={t('emptyTitle')} text={t('emptyText')} />
        )}
        {isReady && rows.length > 0 && (
          <VList
            ref={list}
            shift={timeline?.busy === 'older'}
            onScroll={onScroll}
            tabIndex={0}
            aria-label={t('label')}
            className="h-full px-6 narrow:px-3.5"
          >
            {rows.map((row) => (
              <TimelineRow key={keyOf(row)} row={row} />
            ))}
          </VList>
        )}
      </div>
      <TypingLine conversationId={conversationId} />
    </>
  )
}

function Placeholders() {
  return (
    <div className="flex h-full flex-col justify-end gap-5 px-6 pb-4 narrow:px-3.5">
      {[56, 72, 40, 64].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-10 rounded-full" />
          <div className="grid flex-1 content-start gap-2">
            <Skeleton className="h-3 w-28" />
            <Skeleton className={WIDTHS[width] ?? ''} />
          </div>
        </div>
      ))}
    </div>
  )
}

const WIDTHS: Record<number, string> = {
  40: 'h-3 w-2/5',
  56: 'h-3 w-3/5',
  64: 'h-3 w-3/4',
  72: 'h-3 w-1/2',
}
