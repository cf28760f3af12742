import type { Pool } from 'pg'
import { Counter, Gauge, type Registry } from '../metrics.ts'
import { failureKindOf } from './errors.ts'

/** What one pool tells of itself; `close` forgets the pool. */
export interface PoolMeters {
  failed(error: unknown): void
  close(): void
}

export const unmetered: PoolMeters = { failed: () => {}, close: () => {} }

interface Meters {
  pools: Map<string, Pool>
  errors: Counter
}

const byRegistry = new WeakMap<Registry, Meters>()

export function observePool(registry: Registry, name: string, pool: Pool): PoolMeters {
  const meters = byRegistry.get(registry) ?? createMeters(registry)
  byRegistry.set(registry, meters)
  meters.pools.set(name, pool)
  return {
    failed: (error) => meters.errors.labels(name, failureKindOf(error)).inc(),
    close: () => void meters.pools.delete(name),
  }
}

/** All pools of a process share the names; the label `pool` tells them apart. */
function createMeters(registry: Registry): Meters {
  const pools = new Map<string, Pool>()
  const registers = [registry]
  new Gauge({
    name: 'chatapp_database_connections',
    help: 'Connections to PostgreSQL, by pool and by whether they are in use.',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      this.reset()
      for (const [name, pool] of pools) {
        this.labels(name, 'idle').set(pool.idleCount)
        this.labels(name, 'busy').set(pool.totalCount - pool.idleCount)
      }
    },
  })
  new Gauge({
    name: 'chatapp_database_waiting',
    help: 'Work that waits for a connection of its pool.',
    labelNames: ['pool'],
    registers,
    collect() {
      this.reset()
      for (const [name, pool] of pools) this.labels(name).set(pool.waitingCount)
    },
  })
  const errors = new Counter({
    name: 'chatapp_database_errors_total',
    help: 'Statements that failed, by pool and kind: lost, timeout, conflict or refused.',
    labelNames: ['pool', 'kind'],
    registers,
  })
  return { pools, errors }
}
