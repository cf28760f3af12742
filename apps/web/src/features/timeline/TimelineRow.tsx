import { memo } from 'react'
import { DayDivider, UnreadDivider } from './Dividers.tsx'
import { MessageRow } from './MessageRow.tsx'
import type { Row } from './rows.ts'
import { SystemLine } from './SystemLine.tsx'

interface TimelineRowProps {
  row: Row
  isMarked: boolean
}

export const TimelineRow = memo(
  function TimelineRow({ row, isMarked }: TimelineRowProps) {
    switch (row.kind) {
      case 'day':
        return <DayDivider sentAt={row.sentAt} />
      case 'unread':
        return <UnreadDivider />
      case 'system':
        return <SystemLine message={row.message} />
      case 'text':
        return <MessageRow row={row} isMarked={isMarked} />
    }
  },
  (a, b) => a.isMarked === b.isMarked && isSameRow(a.row, b.row),
)

function isSameRow(a: Row, b: Row): boolean {
  if (a.kind === 'text' && b.kind === 'text') {
    return (
      a.message === b.message &&
      a.isFirst === b.isFirst &&
      a.isMyLatest === b.isMyLatest &&
      a.sending === b.sending
    )
  }
  return a.kind === b.kind && a.key === b.key
}
