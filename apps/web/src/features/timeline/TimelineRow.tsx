import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSelf } from '../../lib/chat/hooks.ts'
import { dayOf } from '../../lib/time/time.ts'
import { MessageRow, TextBody } from './MessageRow.tsx'
import type { Row } from './rows.ts'
import { SystemLine } from './SystemLine.tsx'

export const TimelineRow = memo(
  function TimelineRow({ row }: { row: Row }) {
    switch (row.kind) {
      case 'day':
        return <Day sentAt={row.sentAt} />
      case 'unread':
        return <UnreadLine />
      case 'pending':
        return <Pending row={row} />
      case 'message':
        if (row.message.kind === 'system') return <SystemLine message={row.message} />
        return <MessageRow message={row.message} isFirst={row.isFirst} isMine={row.isMine} />
    }
  },
  (a, b) => isSameRow(a.row, b.row),
)

function isSameRow(a: Row, b: Row): boolean {
  if (a.kind === 'message' && b.kind === 'message') {
    return a.message === b.message && a.isFirst === b.isFirst
  }
  if (a.kind === 'pending' && b.kind === 'pending') {
    return a.item.state.kind === b.item.state.kind && a.isFirst === b.isFirst
  }
  return a.kind === b.kind
}

function Day({ sentAt }: { sentAt: string }) {
  const { t, i18n } = useTranslation('time')
  const day = dayOf(sentAt, i18n.language, new Date())
  const text = day === 'today' || day === 'yesterday' ? t(day) : day
  return (
    <div className="flex items-center gap-3 pt-4 pb-2 text-label text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {text}
    </div>
  )
}

function UnreadLine() {
  const { t } = useTranslation('timeline')
  return (
    <div className="flex items-center gap-2.5 pt-3 pb-1 text-label text-accent-ink before:h-px before:flex-1 before:bg-accent">
      {t('new')}
    </div>
  )
}

function Pending({ row: { item, isFirst } }: { row: Extract<Row, { kind: 'pending' }> }) {
  const { t } = useTranslation('timeline')
  const self = useSelf()
  const isFailed = item.state.kind === 'failed'
  return (
    <TextBody
      author={self}
      isFirst={isFirst}
      sentAt={new Date(item.createdAt).toISOString()}
      text={item.data}
      note={t(isFailed ? 'notSent' : item.state.kind === 'sending' ? 'sending' : 'waiting')}
    />
  )
}
