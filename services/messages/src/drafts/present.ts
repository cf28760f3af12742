import type { Draft } from '@chatapp/protocol'
import type { DraftRow } from '../db/schema.ts'

/** What was cleared is shown as nothing. */
export function presentDraft(row: DraftRow | null): Draft | null {
  if (!row || row.text === '') return null
  return { text: row.text, updatedAt: row.updated_at.toISOString() }
}
