import type { ParticipantRow } from '../db/schema.ts'
import { shownReadPosition } from '../participants/present.ts'

type Cursors = Pick<
  ParticipantRow,
  'delivered_position' | 'read_position' | 'shown_read_position' | 'unread_from'
>

/** What others learn: that everything after `from` up to `to` was read, or has arrived. */
export interface Movement {
  kind: 'read' | 'delivered'
  from: number
  to: number
}

/**
 * Moves the read cursor up and says what others learn by it. Read in private, it has only arrived.
 * What they know never depends on that: read in the open again, it goes on where they left off.
 */
export function moveRead(
  cursors: Omit<Cursors, 'unread_from'>,
  to: number,
  hidesReads: boolean,
): Movement | undefined {
  const delivered = cursors.delivered_position
  const shown = shownReadPosition(cursors)
  cursors.read_position = to
  cursors.delivered_position = Math.max(delivered, to)
  cursors.shown_read_position = hidesReads ? shown : null
  if (!hidesReads) return { kind: 'read', from: shown, to }
  return to > delivered ? { kind: 'delivered', from: delivered, to } : undefined
}

/** Reading from the mark on moves it along, and above the cursor it is gone. True when it moved. */
export function moveMark(cursors: Pick<Cursors, 'read_position' | 'unread_from'>, read: number) {
  if (cursors.unread_from === null || read < cursors.unread_from) return false
  cursors.unread_from = read < cursors.read_position ? read + 1 : null
  return true
}
