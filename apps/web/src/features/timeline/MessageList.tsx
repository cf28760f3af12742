import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { useChat, usePending } from '../../lib/chat/hooks.ts'
import type { Timeline } from '../../lib/chat/state.ts'
import { classNames } from '../../ui/class-names.ts'
import { TimelineContext } from './context.ts'
import { JumpButton } from './JumpButton.tsx'
import { LoadingOlder } from './LoadingOlder.tsx'
import { rowsOf } from './rows.ts'
import { TimelineRow } from './TimelineRow.tsx'
import { useArrows } from './use-arrows.ts'
import { useOwnSent } from './use-own-sent.ts'
import { usePages, useShift, useStretch } from './use-pages.ts'
import { usePlace } from './use-place.ts'
import { useReading } from './use-reading.ts'

interface MessageListProps {
  conversationId: string
  timeline: Timeline
  position: number | undefined
}

export function MessageList({ conversationId, timeline, position }: MessageListProps) {
  const { t } = useTranslation('timeline')
  const list = useRef<VirtualizerHandle>(null)
  const pending = usePending(conversationId)
  const selfId = useChat(({ self }) => self?.id ?? '')
  const rows = useMemo(() => rowsOf(timeline, pending, selfId), [timeline, pending, selfId])
  const shift = useShift(timeline)
  const stretch = useStretch(timeline)
  const place = usePlace(list, { conversationId, timeline, rows, position })
  const { isPlaced, isSettled, isAtEnd, isAtTop, jump, hold, marked } = place
  const loadNear = usePages(list, { conversationId, timeline, isSettled })
  const read = useReading(list, { conversationId, timeline, rows, isPlaced, isAtEnd })
  const { onKeyDown, onFocusRow, keepMounted } = useArrows(list, rows)
  useOwnSent(pending.at(-1)?.clientId, () => jump('newest'))
  const context = useMemo(() => ({ jump, hold, onFocusRow }), [jump, hold, onFocusRow])

  function onScroll() {
    place.onScroll()
    loadNear()
    read()
  }
  return (
    <TimelineContext value={context}>
      <div
        role="log"
        aria-label={t('label')}
        aria-live="off"
        aria-busy={timeline.status === 'loading'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard, and the way in to the messages
        tabIndex={0}
        {...place.handlers}
        onKeyDown={onKeyDown}
        className={classNames(
          'flex h-full flex-col overflow-x-hidden overflow-y-auto px-6 [overflow-anchor:none] narrow:px-3.5',
          // Opaque: Chromium else shows old pictures of rows that move as far as the list scrolls.
          '-outline-offset-2 bg-canvas [contain:strict]',
          !isPlaced && timeline.messages.length > 0 && 'opacity-0',
        )}
      >
        <div className="grow" />
        <Virtualizer
          key={stretch}
          ref={list}
          data={rows}
          shift={shift}
          keepMounted={keepMounted}
          onScroll={onScroll}
          onResize={place.onResize}
        >
          {(row) => (
            <TimelineRow
              key={row.key}
              row={row}
              isMarked={row.kind === 'text' && row.message.position === marked}
            />
          )}
        </Virtualizer>
      </div>
      {isAtTop && timeline.busy === 'older' && <LoadingOlder />}
      <JumpButton
        conversationId={conversationId}
        isShown={isSettled && (!isAtEnd || timeline.after !== null)}
        onClick={() => jump('newest')}
      />
    </TimelineContext>
  )
}
