import type { Sql } from '@chatapp/service-kit'
import type { Lookout } from '../search-index.ts'
import { neighboursOf } from '../words/neighbours.ts'
import type { Lookup, PlainLookup, PlainPlan, Plan } from '../words/plan.ts'
import type { Frequencies } from './frequencies.ts'
import { quote } from './ts-query.ts'

/** With words instead of typos. */
export interface SpelledLookout extends Omit<Lookout, 'plan'> {
  plan: PlainPlan
}

/**
 * Of hundreds of words that are one typo away the index has a few, which are looked up like any other.
 * GIN starts a query of n words with n times n steps (`startScanKey` in PostgreSQL's `ginget.c`), so each
 * is asked for by itself: a thousand in some 4 ms instead of 28.
 */
export async function spell(
  sql: Sql,
  { all, none }: Plan,
  frequencies: Frequencies,
): Promise<PlainPlan> {
  const typed = all.flat(2).flatMap(({ token, how }) => (how === 'typo' ? [token] : []))
  const spellings = new Map<string, PlainLookup[]>()
  for (const word of typed) spellings.set(word, await spellingsOf(sql, word, frequencies))
  const plain = ({ token, how }: Lookup): PlainLookup[] =>
    how === 'typo' ? (spellings.get(token) ?? []) : [{ token, how }]
  const each = (lookups: Lookup[]) =>
    lookups.reduce<PlainLookup[][]>(
      (begun, lookup) => begun.flatMap((some) => plain(lookup).map((one) => [...some, one])),
      [[]],
    )
  return { all: all.map((any) => any.flatMap(each)), none }
}

async function spellingsOf(
  sql: Sql,
  typed: string,
  { shares }: Frequencies,
): Promise<PlainLookup[]> {
  const { words, head } = neighboursOf(typed)
  const frequent = words.filter((word) => shares.has(word))
  const rare = await findWords(
    sql,
    words.filter((word) => !shares.has(word)),
  )
  const begun: PlainLookup[] = head === undefined ? [] : [{ token: head, how: 'prefix' }]
  return [
    ...[typed, ...frequent, ...rare].map((token): PlainLookup => ({ token, how: 'exact' })),
    ...begun,
  ]
}

/** Those that the index has. */
async function findWords(sql: Sql, words: string[]): Promise<string[]> {
  const rows = await sql<{ word: string }[]>`
    select word from unnest(${words}::text[], ${words.map(quote)}::text[]) as asked (word, query),
    lateral (select from messages.search_documents where tokens @@ query::tsquery limit 1) as there`
  return rows.map(({ word }) => word)
}
