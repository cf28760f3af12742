import type { Engine } from './engine.ts'
import { runEngineIndexer } from './indexer.ts'
import { keepIndex } from './keep.ts'

/** Until the signal; the engine may be away for as long as it likes. */
export async function runEngine(engine: Engine, signal: AbortSignal): Promise<void> {
  await Promise.all([runEngineIndexer(engine, signal), keepIndex(engine, signal)])
}
