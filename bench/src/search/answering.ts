import { type SearchEngine, type SearchServer, startSearchServer } from '@chatapp/dev-env'
import type { Bench } from '../bench.ts'
import { cpuMilliseconds } from '../machine/proc.ts'
import type { Answerer } from '../options.ts'
import { connectTo, databaseProcesses, loginTo, type Sql } from '../product/database.ts'
import type { Answering } from './search-stage.ts'

interface Started extends Answering, AsyncDisposable {}

const DATABASE_LIMITS = { far: 300, near: 50, fresh: 1_000 }
/** Little for an engine in earnest, whose default is half of the machine's memory. */
const ENGINE_HEAP = '2g'
const ENGINE_LIMITS = { far: 150, near: 150, fresh: 2_000 }

/** Starts what is to answer, as long as it is measured. */
export async function startAnswering(bench: Bench, name: Answerer): Promise<Started> {
  return name === 'postgres' ? theDatabase(bench) : theEngine(bench, name)
}

function theDatabase({ directory }: Bench): Started {
  return {
    name: 'postgres',
    part: 'search, PostgreSQL',
    env: {},
    limits: DATABASE_LIMITS,
    cpu: () => databaseProcesses(directory).reduce((sum, pid) => sum + cpuMilliseconds(pid), 0),
    bytes: () => withSql(directory, bytesOfIndex),
    [Symbol.asyncDispose]: async () => {},
  }
}

async function withSql<T>(directory: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connectTo(await loginTo(directory))
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function bytesOfIndex(sql: Sql): Promise<number> {
  const [size] = await sql<{ bytes: number }[]>`
    select pg_total_relation_size('messages.search_documents')::float8 as bytes`
  return size?.bytes ?? 0
}

async function theEngine({ cores }: Bench, name: SearchEngine): Promise<Started> {
  const cpus = cores.all || undefined
  const server: SearchServer = await startSearchServer(name, { cores: cpus, heap: ENGINE_HEAP })
  return {
    name,
    part: `search, ${name === 'opensearch' ? 'OpenSearch' : 'Elasticsearch'}`,
    env: { ELASTICSEARCH_URL: server.url },
    limits: ENGINE_LIMITS,
    cpu: () => cpuMilliseconds(server.pid),
    bytes: () => bytesIn(server.url),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function bytesIn(url: string): Promise<number> {
  const answer = await fetch(`${url}/_stats/store`)
  const stats = (await answer.json()) as { _all: { total: { store: { size_in_bytes: number } } } }
  return stats._all.total.store.size_in_bytes
}
