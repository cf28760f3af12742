import type { OwnParticipant, Participant, ParticipantChange } from '@chatapp/protocol'
import type { DraftRow, ParticipantRow } from '../db/schema.ts'
import { presentDraft } from '../drafts/present.ts'

export function presentParticipant(row: ParticipantRow): Participant {
  return {
    userId: row.user_id,
    role: row.role,
    joinedAt: row.joined_at.toISOString(),
    joinedPosition: row.joined_position,
    deliveredPosition: row.delivered_position,
    readPosition: row.read_position,
  }
}

export function presentParticipantChange(row: ParticipantRow): ParticipantChange {
  return { ...presentParticipant(row), left: row.left_position !== null }
}

export function presentOwnParticipant(
  row: ParticipantRow,
  draft: DraftRow | null,
  now: number,
): OwnParticipant {
  const isMuted = row.muted_until !== null && row.muted_until.getTime() > now
  return {
    ...presentParticipant(row),
    notify: row.notify,
    mutedUntil: isMuted ? (row.muted_until?.toISOString() ?? null) : null,
    pinned: row.pinned,
    draft: presentDraft(draft),
  }
}
