import type { Plan } from './words/plan.ts'

/** Where a message stands among all: hits come from the newest to the oldest. */
export interface Place {
  sentAt: Date
  conversationId: string
  position: number
}

/** What a search may look through; all its look-outs have the same. */
export interface Within {
  conversationIds: string[]
  /** Not before this time … */
  sentFrom: Date | undefined
  /** … and before that one. */
  sentBefore: Date | undefined
}

export interface Lookout extends Within {
  plan: Plan
  /** Only what stands behind this place. */
  behind: Place | undefined
  limit: number
}

/** Proposes messages. It may propose too much and is never asked what anybody may see. */
export interface SearchIndex {
  /** Newest first; fewer than `limit` only when there are no more. */
  find(lookout: Lookout): Promise<Place[]>
}

const POSITION_DIGITS = 10

/** Of a message; in the order of the log's own key. */
export const keyOf = ({ conversationId, position }: Pick<Place, 'conversationId' | 'position'>) =>
  `${conversationId} ${String(position).padStart(POSITION_DIGITS, '0')}`
