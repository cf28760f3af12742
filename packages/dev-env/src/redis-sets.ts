import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, removeFolder } from './folders.ts'
import { freePort } from './free-port.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { settle } from './settle.ts'

const SLOTS = 16_384

interface RedisSet extends AsyncDisposable {
  url: string
  servers: TestRedis[]
}

/** Three masters that share the slots. */
export async function startRedisCluster(): Promise<RedisSet> {
  const busPorts = [await freePort(), await freePort(), await freePort()]
  const start = (port: number) =>
    startRedis(['--cluster-enabled', 'yes', '--cluster-port', `${port}`])
  const servers = await Promise.all(busPorts.map(start))
  const share = Math.ceil(SLOTS / servers.length)
  for (const [i, server] of servers.entries()) {
    const last = Math.min(SLOTS, (i + 1) * share) - 1
    server.cli('cluster', 'addslotsrange', `${i * share}`, `${last}`)
    servers[0]?.cli('cluster', 'meet', '127.0.0.1', `${server.port}`, `${busPorts[i]}`)
  }
  const isWhole = (server: TestRedis) => {
    const info = server.cli('cluster', 'info')
    return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3')
  }
  await settle('the cluster is whole', () => servers.every(isWhole), 20_000)
  return {
    url: `redis+cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    servers,
    [Symbol.asyncDispose]: () => disposeAll(servers),
  }
}

/** A master, its replica, and a sentinel that puts the one in the place of the other. */
export async function startRedisSentinel(): Promise<RedisSet> {
  const master = await startRedis()
  const replica = await startRedis(['--replicaof', `127.0.0.1 ${master.port}`])
  const directory = await makeFolder()
  const port = await freePort()
  const sentinel = await runSentinel(directory, port, master.port)
  await settle(
    'the replica follows',
    () => replica.cli('info', 'replication').includes('master_link_status:up'),
    20_000,
  )
  await settle(
    'the sentinel knows the replica',
    () => replica.cliAt(port, 'sentinel', 'replicas', 'main').includes(`${replica.port}`),
    20_000,
  )
  return {
    url: `redis+sentinel://127.0.0.1:${port}/main`,
    servers: [master, replica],
    async [Symbol.asyncDispose]() {
      sentinel.kill('SIGKILL')
      await once(sentinel, 'exit')
      await disposeAll([master, replica])
      await removeFolder(directory)
    },
  }
}

async function runSentinel(directory: string, port: number, master: number): Promise<ChildProcess> {
  const file = join(directory, 'sentinel.conf')
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${directory}`,
    `sentinel monitor main 127.0.0.1 ${master} 1`,
    'sentinel down-after-milliseconds main 500',
    'sentinel failover-timeout main 3000',
  ]
  await writeFile(file, lines.join('\n'))
  return spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' })
}

async function disposeAll(servers: TestRedis[]): Promise<void> {
  for (const server of servers) await server[Symbol.asyncDispose]()
}
