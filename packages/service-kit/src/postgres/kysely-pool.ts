import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { requestScope } from '../request-scope.ts'
import { traceStatement } from '../tracing.ts'
import { toConnectionLoss } from './errors.ts'
import { isBegin } from './sql.ts'

interface Habits {
  /** Put after the `begin` of each transaction. */
  onBegin: string
  onFailure(error: unknown): void
}

/** The pool as Kysely takes it. Closing is ours: Kysely would close it under `sql`. */
export function toKyselyPool(pool: pg.Pool, habits: Habits): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw toConnectionLoss(error)
      })
      const known = clients.get(client) ?? toKyselyClient(client, habits)
      clients.set(client, known)
      return known
    },
    end: async () => {},
    options: {},
  }
}

/** These statements have no name, so a comment costs no prepared statement. */
function toKyselyClient(client: pg.PoolClient, { onBegin, onFailure }: Habits): PostgresPoolClient {
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      return await traceStatement(text, () =>
        isBegin(text)
          ? client.query(text + onBegin)
          : client.query(text + commentOf(), [...values]),
      )
    } catch (error) {
      onFailure(error)
      throw error
    }
  }
  return {
    // Kysely's other way to call it is for cursors, which nobody here has.
    query: query as unknown as PostgresPoolClient['query'],
    release: (isBroken) => client.release(isBroken),
  }
}

/** Names the request in the database's log and in pg_stat_activity, as sqlcommenter has it. */
function commentOf(): string {
  const scope = requestScope.getStore()
  return scope ? ` /*action='${scope.route}',request_id='${scope.requestId}'*/` : ''
}
