import {
  connectPostgres,
  type Postgres,
  type PostgresTarget,
  type Registry,
  type Reserved,
} from '@chatapp/service-kit'
import type { Database } from './schema.ts'

/** One connection for one kind of batch: slow reads can't take it. */
export interface Writer extends AsyncDisposable {
  reserve(): Promise<Reserved>
  /** So many rows were written: the tables have grown. */
  grew(rows: number): void
}

/**
 * Every statement of a batch finds rows by their keys, so plans are made once a connection, without
 * the ways that are only good for small tables.
 */
const LOOK_UPS_BY_KEY = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_material: 'off',
  jit: 'off',
  // All sends wait for the slowest lock of their batch.
  lock_timeout: '1s',
}
const FIRST_PLANS_AFTER_ROWS = 64

export async function openWriter(
  target: PostgresTarget,
  name: string,
  metrics: Registry,
): Promise<Writer> {
  const pool: Postgres<Database> = await connectPostgres({
    target,
    name,
    maxConnections: 1,
    settings: LOOK_UPS_BY_KEY,
    metrics,
  })
  // Behind a pooler statements have no names, so each is planned anew as it is.
  const keepsPlans = target.settings?.pooler !== 'transaction'
  let rows = 0
  let planAgainAt = FIRST_PLANS_AFTER_ROWS
  return {
    async reserve() {
      const connection = await pool.sql.reserve()
      // In an empty table every index looks alike: choose anew whenever it has doubled.
      if (keepsPlans && rows >= planAgainAt) {
        planAgainAt = rows * 2
        await connection`discard plans`.then(null, (error) => {
          connection.release('broken')
          throw error
        })
      }
      return connection
    },
    grew(added) {
      rows += added
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}
