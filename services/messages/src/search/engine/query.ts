import type { Lookout } from '../search-index.ts'
import { neighboursOf } from '../words/neighbours.ts'
import type { Lookup, Plan } from '../words/plan.ts'
import { lacksLetter } from '../words/typo.ts'

/** With more conversations every shard is asked anyway. */
const ROUTED_CONVERSATIONS_MAX = 32
/** So many values one `terms` may have. */
const TERMS_MAX = 65_536

type Clause = Record<string, unknown>

/** The look-out as a search of the engine: only tokens, numbers and ids, each in its own field. */
export function searchOf({ plan, conversationIds: ids, ...lookout }: Lookout) {
  const isOne = ids.length === 1
  const { behind } = lookout
  return {
    routing: ids.length <= ROUTED_CONVERSATIONS_MAX ? ids.join(',') : undefined,
    body: {
      size: lookout.limit,
      _source: false,
      track_total_hits: false,
      query: {
        bool: {
          filter: [within(ids), ...sentWithin(lookout), ...wanted(plan)],
          must_not: plan.none.length > 0 ? [{ terms: { tokens: plan.none.map(wellFormed) } }] : [],
        },
      },
      sort: orderOf(isOne).map((field) => ({ [field]: { order: 'desc' } })),
      ...(behind && {
        search_after: orderOf(isOne).map((field) =>
          field === 'sentAt' ? behind.sentAt.getTime() : behind[field],
        ),
      }),
    },
  }
}

/** In one conversation the order is that of the log; between several it can only be by time. */
export const orderOf = (isOneConversation: boolean) =>
  isOneConversation
    ? (['position', 'sentAt', 'conversationId'] as const)
    : (['sentAt', 'conversationId', 'position'] as const)

function within(ids: string[]): Clause {
  const parts = Array.from({ length: Math.ceil(ids.length / TERMS_MAX) }, (_, i) => ({
    terms: { conversationId: ids.slice(i * TERMS_MAX, (i + 1) * TERMS_MAX) },
  }))
  return anyOf(parts)
}

function sentWithin({ sentFrom, sentBefore }: Pick<Lookout, 'sentFrom' | 'sentBefore'>): Clause[] {
  if (!sentFrom && !sentBefore) return []
  const bounds = {
    ...(sentFrom && { gte: sentFrom.getTime() }),
    ...(sentBefore && { lt: sentBefore.getTime() }),
  }
  return [{ range: { sentAt: bounds } }]
}

/** What was unsent has no tokens. */
function wanted({ all }: Plan): Clause[] {
  if (all.length === 0) return [{ exists: { field: 'tokens' } }]
  return all.map((alternatives) => anyOf(alternatives.map((lookups) => allOf(lookups.map(look)))))
}

function look({ token, how }: Lookup): Clause {
  const value = wellFormed(token)
  switch (how) {
    case 'exact':
      return { term: { tokens: { value } } }
    case 'prefix':
      return { prefix: { tokens: { value, rewrite: 'constant_score' } } }
    case 'typo':
      // All words that differ from a short one by a letter are too many.
      return lacksLetter(token)
        ? { terms: { tokens: neighboursOf(value).words } }
        : { fuzzy: { tokens: { value, fuzziness: 1, rewrite: 'constant_score' } } }
  }
}

const anyOf = ([first, ...rest]: Clause[]): Clause =>
  first && rest.length === 0 ? first : { bool: { should: first ? [first, ...rest] : [] } }
const allOf = ([first, ...rest]: Clause[]): Clause =>
  first && rest.length === 0 ? first : { bool: { filter: first ? [first, ...rest] : [] } }

/** Half of a surrogate pair is no text to the engine. */
export const wellFormed = (token: string) => token.toWellFormed()
