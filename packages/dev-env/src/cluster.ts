import { type Balancer, startBalancer } from './balancer.ts'
import { type OwnDatabase, startOwnDatabase } from './own-database.ts'
import { type SpawnedSplit, type SpawnSplitOptions, spawnSplit } from './spawn-split.ts'

export interface Cluster extends SpawnedSplit {
  /** Of the balancer. */
  url: string
  balancer: Balancer
  database: OwnDatabase
  /** In order, and then all that it left; disposing it does not wait for what is under way. */
  stop(): Promise<void>
}

export interface ClusterOptions extends SpawnSplitOptions {
  /** Of the balancer; 0 takes a free one. */
  port?: number
}

/** The split product with a PostgreSQL and a Redis of its own, behind one address. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const { port = 0, signal } = options
  const open: AsyncDisposable[] = []
  const close = async () => {
    for (const one of open.toReversed()) await one[Symbol.asyncDispose]()
  }
  try {
    const database = await startOwnDatabase(signal)
    open.push(database)
    const split = await spawnSplit(database, options)
    open.push(split)
    const balancer = await startBalancer(split.urls, port)
    open.push(balancer)
    return {
      ...split,
      ...{ url: balancer.url, balancer, database },
      async stop() {
        await split.drain()
        await close()
      },
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
