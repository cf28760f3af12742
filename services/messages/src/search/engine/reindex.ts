import { setTimeout as sleep } from 'node:timers/promises'
import { createMetrics } from '@chatapp/service-kit'
import { buildStep, dropRetired } from './build.ts'
import { type Engine, type EngineOptions, openEngine } from './engine.ts'
import { beginIndex, listIndexes } from './indexes.ts'

interface ReindexOptions extends Omit<EngineOptions, 'metrics'> {
  signal: AbortSignal
  onProgress: (progress: ReindexProgress) => void
}

interface ReindexProgress {
  done: number
  total: number
}

/** A running ChatApp may be at the same index: each step is done by one of us. */
const LOOK_AGAIN_MS = 200

/**
 * Builds a new index beside the one that is searched and changes over to it; one that is being built
 * already is gone on with. What is sent meanwhile a running ChatApp brings to both.
 */
export async function reindexSearch({
  signal,
  onProgress,
  ...options
}: ReindexOptions): Promise<ReindexProgress> {
  await using engine = openEngine({ ...options, metrics: createMetrics() })
  await beginIndex(engine)
  let progress = await readProgress(engine)
  onProgress(progress)
  while (!signal.aborted) {
    const step = await buildStep(engine, signal)
    if (step === 'done' || (step === 'none' && !(await isBuilding(engine)))) break
    if (step === 'none') await sleep(LOOK_AGAIN_MS, undefined, { signal })
    progress = await readProgress(engine)
    onProgress(progress)
  }
  signal.throwIfAborted()
  await dropRetired(engine)
  return { ...progress, done: progress.total }
}

async function isBuilding({ sql }: Engine): Promise<boolean> {
  return (await listIndexes(sql)).some(({ state }) => state === 'planned' || state === 'building')
}

async function readProgress({ sql }: Engine): Promise<ReindexProgress> {
  const [row] = await sql<ReindexProgress[]>`
    with mark as (
      select conversation_id, position from messages.engine_indexes
      where state in ('planned', 'building')
    )
    select coalesce(sum(c.last_position), 0)::float8 as total,
      coalesce(sum(case when c.id < m.conversation_id then c.last_position
        when c.id = m.conversation_id then m.position else 0 end), 0)::float8 as done
    from messages.conversations c left join mark m on true`
  return row ?? { done: 0, total: 0 }
}
