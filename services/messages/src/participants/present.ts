import type { OwnParticipant, Participant, ParticipantChange } from '@chatapp/protocol'
import type { DraftRow, ParticipantRow } from '../db/schema.ts'
import { presentDraft } from '../drafts/present.ts'

/** Who looks, as far as it matters for what they may know of others. */
export interface Viewer {
  userId: string
  hidesReads: boolean
}

/** Whoever lets nobody know what they read sees nobody's reading beyond the start. */
export function presentParticipant(row: ParticipantRow, viewer: Viewer): Participant {
  if (row.user_id === viewer.userId) return present(row, row.read_position)
  return present(row, viewer.hidesReads ? row.joined_position : shownReadPosition(row))
}

/** For frames, which everybody shares. */
export function presentParticipantChange(row: ParticipantRow): ParticipantChange {
  return { ...present(row, shownReadPosition(row)), left: row.left_position !== null }
}

export function shownReadPosition(
  row: Pick<ParticipantRow, 'read_position' | 'shown_read_position'>,
): number {
  return row.shown_read_position ?? row.read_position
}

function present(row: ParticipantRow, readPosition: number): Participant {
  return {
    userId: row.user_id,
    role: row.role,
    joinedAt: row.joined_at.toISOString(),
    joinedPosition: row.joined_position,
    deliveredPosition: row.delivered_position,
    readPosition,
  }
}

export function presentOwnParticipant(
  row: ParticipantRow,
  draft: DraftRow | null,
  now: number,
): OwnParticipant {
  const isMuted = row.muted_until !== null && row.muted_until.getTime() > now
  return {
    ...present(row, row.read_position),
    notify: row.notify,
    mutedUntil: isMuted ? (row.muted_until?.toISOString() ?? null) : null,
    pinned: row.pinned,
    unreadFrom: row.unread_from,
    draft: presentDraft(draft),
  }
}
