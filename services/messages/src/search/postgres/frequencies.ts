import type { Sql } from '@chatapp/service-kit'
import type { PlainLookup, PlainPlan } from '../words/plan.ts'

/** What PostgreSQL knows of its index, and of frequent tokens from its last `analyze`. */
export interface Frequencies {
  /** How many messages the index has, about. */
  total: number
  /** When the oldest of them was sent. */
  oldest: Date | undefined
  /** In which part of them a token is, for each one that is frequent. */
  shares: ReadonlyMap<string, number>
}

interface Row {
  total: number
  oldest: Date | null
  token: string | null
  share: number | null
}

const READ_AGAIN_MS = 60_000

/** Reads them now and then: they change slowly. */
export function createFrequencies(sql: Sql): () => Promise<Frequencies> {
  let known: Promise<Frequencies> | undefined
  let readAt = 0
  return () => {
    const now = performance.now()
    if (known && now - readAt < READ_AGAIN_MS) return known
    readAt = now
    const reading = read(sql)
    known = reading
    // The next search tries again.
    reading.catch(() => {
      if (known === reading) known = undefined
    })
    return reading
  }
}

async function read(sql: Sql): Promise<Frequencies> {
  const rows = await sql<Row[]>`
    select c.reltuples::float8 as total, e.token, e.share::float8 as share,
      (select min(sent_at) from messages.search_documents) as oldest
    from pg_class c left join pg_stats s
      on s.schemaname = 'messages' and s.tablename = 'search_documents' and s.attname = 'tokens'
    left join lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs)
      as e (token, share) on true
    where c.oid = 'messages.search_documents'::regclass`
  const shares = rows.flatMap(({ token, share }): [string, number][] =>
    token !== null && share !== null ? [[token, share]] : [],
  )
  const [first] = rows
  return { total: first?.total ?? 0, oldest: first?.oldest ?? undefined, shares: new Map(shares) }
}

/**
 * The part of all messages that the plan may fit at most, as far as one can tell; 0 with something
 * rare in it. Undefined where nothing is known, as in an index that is new.
 */
export function shareOf({ all }: PlainPlan, { shares }: Frequencies): number | undefined {
  if (shares.size === 0) return undefined
  const known = [...shares]
  const ofLookup = ({ token, how }: PlainLookup) =>
    how === 'prefix'
      ? sum(known.filter(([other]) => other.startsWith(token)).map(([, share]) => share))
      : (shares.get(token) ?? 0)
  return Math.min(
    ...all.map((any) => sum(any.map((lookups) => Math.min(1, ...lookups.map(ofLookup))))),
  )
}

const sum = (numbers: number[]) =>
  Math.min(
    1,
    numbers.reduce((total, one) => total + one, 0),
  )
