import type { Engine } from './engine.ts'
import { runEngineIndexer, type Surroundings } from './indexer.ts'
import { keepIndex } from './keep.ts'

/** Until the signal; the engine may be away for as long as it likes. */
export async function runEngine(engine: Engine, surroundings: Surroundings): Promise<void> {
  await Promise.all([runEngineIndexer(engine, surroundings), keepIndex(engine, surroundings)])
}
