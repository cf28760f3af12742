import {
  Counter,
  type Logger,
  openPostgres,
  type PostgresTarget,
  type Registry,
  type Sql,
} from '@chatapp/service-kit'
import type { Client } from '@opensearch-project/opensearch'
import type { Lookout, Place } from '../search-index.ts'
import { Breaker } from './breaker.ts'
import { openClient, statusOf } from './client.ts'
import type { EngineConfig } from './config.ts'
import { findPlaces } from './find.ts'

export interface EngineOptions {
  config: EngineConfig
  database: PostgresTarget
  log: Logger
  metrics: Registry
}

/** `unknown` until it was looked at, `building` while its index has not everything yet. */
export type EngineState = 'unknown' | 'building' | 'serving' | 'superseded' | 'away'

/** Elasticsearch or OpenSearch, which may be away at any time. */
export interface Engine extends AsyncDisposable {
  client: Client
  config: EngineConfig
  /** Connections of its own: they wait for the engine within transactions. */
  sql: Sql
  log: Logger
  state: EngineState
  meters: EngineMeters
  /** Undefined when somebody else has to answer. */
  find(lookout: Lookout): Promise<Place[] | undefined>
}

export interface EngineMeters {
  /** Searches that PostgreSQL had to answer. */
  fallbacks: Counter<'reason'>
  /** Messages that the engine would not take. */
  refusals: Counter
  /** Messages that the engine did not know, or knew in an earlier version. */
  drift: Counter
}

/** The indexer's, the builder's and one for looking at the state. */
const CONNECTIONS = 3

export function openEngine({ config, database, log, metrics }: EngineOptions): Engine {
  const client = openClient(config)
  const pool = openPostgres({
    target: database,
    name: 'messages search engine',
    maxConnections: CONNECTIONS,
    time: 'unlimited',
    metrics,
  })
  const breaker = new Breaker(() => performance.now())
  const meters = createMeters(metrics)
  const engine: Engine = {
    ...{ client, config, log, meters },
    sql: pool.sql,
    state: 'unknown',
    async find(lookout) {
      if (engine.state !== 'serving' || !breaker.mayTry()) {
        meters.fallbacks.labels(engine.state === 'serving' ? 'resting' : engine.state).inc()
        return undefined
      }
      try {
        const places = await findPlaces(client, config.index, lookout)
        breaker.succeeded()
        return places
      } catch (error) {
        // A query that it does not like is no reason to keep others from asking.
        if (statusOf(error) === 400) breaker.succeeded()
        else breaker.failed()
        meters.fallbacks.labels('failed').inc()
        log.warn({ err: error }, 'the search engine did not answer: PostgreSQL does')
        return undefined
      }
    },
    async [Symbol.asyncDispose]() {
      await client.close()
      await pool[Symbol.asyncDispose]()
    },
  }
  return engine
}

function createMeters(metrics: Registry): EngineMeters {
  const registers = [metrics]
  return {
    fallbacks: new Counter({
      name: 'chatapp_messages_search_fallbacks_total',
      help: 'Look-ups that PostgreSQL answered in place of the search engine, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    refusals: new Counter({
      name: 'chatapp_messages_search_refusals_total',
      help: 'Messages that the search engine would not take; searches find them by PostgreSQL.',
      registers,
    }),
    drift: new Counter({
      name: 'chatapp_messages_search_drift_total',
      help: 'Messages that a comparison found missing or outdated in the search engine, and mended.',
      registers,
    }),
  }
}
