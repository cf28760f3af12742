import type { EngineIndexRow } from '../../db/schema.ts'
import { repeat } from '../../repeat.ts'
import { buildStep, dropRetired } from './build.ts'
import { compareWhenDue } from './compare.ts'
import type { Engine, EngineState } from './engine.ts'
import { writeAliasOf } from './form.ts'
import type { Surroundings } from './indexer.ts'
import { beginIndex, forgetIndex, isSuperseded, listIndexes, writtenTo } from './indexes.ts'

const LOOK_EVERY_MS = 2_000

/** Sees to it that there is an index of the latest form, complete and searched; until the signal. */
export function keepIndex(engine: Engine, { isSending, signal }: Surroundings): Promise<void> {
  return repeat(
    { everyMs: LOOK_EVERY_MS, isSending, signal },
    async () => {
      await look(engine)
      if (engine.state === 'superseded') return 'none'
      if ((await buildStep(engine, signal)) === 'more') return 'more'
      await dropRetired(engine)
      await compareWhenDue(engine, signal)
      return 'none'
    },
    (error) => {
      engine.state = 'away'
      engine.log.warn({ err: error }, 'the search engine is away: PostgreSQL answers searches')
    },
  )
}

async function look(engine: Engine): Promise<void> {
  const indexes = await listIndexes(engine.sql)
  const lost = await findLost(engine, indexes)
  for (const { name } of lost) {
    engine.log.warn({ index: name }, 'the search engine has lost an index: a new one is built')
    await forgetIndex(engine.sql, name)
  }
  const left = indexes.filter((index) => !lost.includes(index))
  const own = writtenTo(left)
  if (own.length === 0 && !isSuperseded(left)) await beginIndex(engine)
  turnTo(engine, stateBy(left))
}

/** Those that should be there, by the name that they are searched or written by. */
async function findLost({ client, config }: Engine, indexes: EngineIndexRow[]) {
  const lost: EngineIndexRow[] = []
  for (const one of indexes) {
    if (one.state !== 'building' && one.state !== 'serving') continue
    const index = one.state === 'serving' ? config.index : writeAliasOf(one.name)
    const { body: isThere } = await client.indices.exists({ index })
    if (!isThere) lost.push(one)
  }
  return lost
}

function stateBy(indexes: EngineIndexRow[]): EngineState {
  if (isSuperseded(indexes)) return 'superseded'
  return writtenTo(indexes).some(({ state }) => state === 'serving') ? 'serving' : 'building'
}

const NEWS: Partial<Record<EngineState, string>> = {
  building: 'the index in the search engine is being built: PostgreSQL answers searches',
  serving: 'the search engine answers searches',
  superseded: 'a later version keeps the index in the search engine: PostgreSQL answers searches',
}

function turnTo(engine: Engine, state: EngineState): void {
  if (engine.state !== state) engine.log.info(NEWS[state])
  engine.state = state
}
