import type { Caller } from '../driver/caller.ts'
import type { Stage } from '../stage.ts'
import type { Correspondents } from './correspondents.ts'
import type { Stored } from './store-corpus.ts'

/** Of what is stored and of what is asked. */
export const SEED = 1

/** Everything that a part of the search bench needs. */
export interface SearchStage extends Stage {
  people: Correspondents
  stored: Stored
  caller: Caller
}
