import { setImmediate as othersTurn } from 'node:timers/promises'
import type { HasKind } from '@chatapp/protocol'
import type { MessageRow } from '../db/schema.ts'
import { analyse } from './words/analyse.ts'
import { tokensOf } from './words/tokens.ts'

/** What an index knows of a message; of an unsent one nothing but that it was there. */
export interface SearchDocument {
  conversationId: string
  position: number
  /** The message's version when this was made: a higher one takes its place. */
  version: number
  senderId: string
  sentAt: Date
  tokens: string[]
}

const LINK = /\bhttps?:\/\/\S/iu

/** So many take a millisecond or two, in which nothing else of the process goes on. */
const DOCUMENTS_A_TURN = 25

export async function documentsOf(rows: MessageRow[]): Promise<SearchDocument[]> {
  const documents: SearchDocument[] = []
  for (let from = 0; from < rows.length; from += DOCUMENTS_A_TURN) {
    if (from > 0) await othersTurn()
    documents.push(...rows.slice(from, from + DOCUMENTS_A_TURN).map(documentOf))
  }
  return documents
}

/** The tokens of its text, and markers for what else can be asked for. */
function documentOf(row: MessageRow): SearchDocument {
  return {
    conversationId: row.conversation_id,
    position: row.position,
    version: row.version,
    senderId: row.sender_id,
    sentAt: row.sent_at,
    tokens: row.body === null ? [] : [...tokensOf(analyse(row.body)), ...markersOf(row)],
  }
}

// Tokens of texts are in lower case, so that no text can pretend to be a marker.
export const conversationMarker = (id: string) => `C${id.replaceAll('-', '')}`
export const senderMarker = (id: string) => `S${id.replaceAll('-', '')}`
export const hasMarker = (what: HasKind) => `H${what}`

export function markersOf(row: MessageRow): string[] {
  const has: Record<HasKind, boolean> = {
    link: LINK.test(row.body ?? ''),
    // Messages carry no files yet.
    file: false,
    mention: (row.mentions ?? []).length > 0,
    reaction: (row.reactions ?? []).length > 0,
  }
  const kinds = Object.keys(has) as HasKind[]
  return [
    conversationMarker(row.conversation_id),
    senderMarker(row.sender_id),
    ...kinds.filter((kind) => has[kind]).map(hasMarker),
  ]
}
