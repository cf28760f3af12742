import type { Sql } from '@chatapp/service-kit'
import type { SearchIndex } from '../search-index.ts'
import { findPlaces } from './find.ts'
import { findWithin } from './find-within.ts'
import { createFrequencies } from './frequencies.ts'
import { spell } from './spell.ts'

/** Plans depend on how frequent a word is, so each query is planned by itself. */
export const SEARCH_SETTINGS = {
  plan_cache_mode: 'force_custom_plan',
  enable_seqscan: 'off',
  jit: 'off',
}

/** What a crash of the database takes from the index it takes from the progress as well: nothing waits for the disk. */
export const INDEXING_SETTINGS = { synchronous_commit: 'off' }

/** The index inside PostgreSQL: a table of tokens with a GIN index. */
export function createPostgresIndex(searches: Sql): SearchIndex {
  const frequencies = createFrequencies(searches)
  return {
    find: async (lookout) => {
      const known = await frequencies()
      const plan = await spell(searches, lookout.plan, known)
      const spelled = { ...lookout, plan }
      const { parts } = lookout.plan
      return parts ? findWithin(searches, spelled, parts) : findPlaces(searches, spelled, known)
    },
  }
}
