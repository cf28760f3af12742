import {
  type Cluster,
  hasRedis,
  rawSocket,
  type SplitProcess,
  startCluster,
} from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Crowd, type Fault, type Scene } from './crowd.ts'

const [ALICE, BOB] = [0, 1]

function processOf({ processes }: Cluster, part: SplitProcess['part'], nth: number) {
  const found = processes.filter((one) => one.part === part)[nth]
  if (!found) throw new Error(`there is no ${part} ${nth}`)
  return found
}

async function kill(child: SplitProcess): Promise<void> {
  child.signal('SIGKILL')
  await child.exit
}

async function killGateway({ cluster, more }: Scene): Promise<void> {
  const gateway = processOf(cluster, 'gateway', 0)
  await kill(gateway)
  await more([BOB])
  await cluster.again(gateway)
}

async function killMessages({ cluster, more }: Scene): Promise<void> {
  const messages = processOf(cluster, 'messages', 0)
  await kill(messages)
  await more()
  await cluster.again(messages)
}

async function restartRedis({ cluster: { redis }, more }: Scene): Promise<void> {
  await redis.stop()
  await more()
  await redis.start()
}

async function stallGateway({ cluster, more }: Scene): Promise<void> {
  const gateway = processOf(cluster, 'gateway', 1)
  gateway.signal('SIGSTOP')
  await more([ALICE])
  gateway.signal('SIGCONT')
}

async function restartAll({ cluster, more }: Scene): Promise<void> {
  for (const child of [...cluster.processes]) {
    child.signal('SIGTERM')
    expect([child.part, await child.exit]).toEqual([child.part, 0])
    await cluster.again(child)
  }
  await more()
}

const faults: [string, string, Fault['run']][] = [
  ['a gateway is killed', 'aardvark', killGateway],
  ['a messages process is killed', 'bumblebee', killMessages],
  ['Redis is away for a while', 'chameleon', restartRedis],
  ['Redis is emptied', 'dromedary', async ({ cluster }) => void cluster.redis.cli('flushall')],
  ['PostgreSQL is restarted at once', 'gibbons', ({ cluster }) => cluster.database.restart()],
  ['a gateway stands still', 'flamingos', stallGateway],
  ['every process is replaced', 'hippopotamus', restartAll],
]

/** The checker of `e2e/src` knows the promises; each run has a seed, which replays who says what. */
describe.skipIf(!hasRedis())('in the middle of a burst', () => {
  let cluster: Cluster
  let crowd: Crowd
  beforeAll(async () => {
    cluster = await startCluster()
    crowd = await Crowd.gather(cluster)
  }, 180_000)
  afterAll(async () => {
    await crowd?.[Symbol.asyncDispose]()
    await cluster?.[Symbol.asyncDispose]()
  })

  test.each(faults)(
    'no promise is broken when %s',
    async (name, word, run) => {
      expect(await crowd.endure({ name, word, run, seed: faults.length })).toEqual([])
    },
    180_000,
  )

  test('a session that is ended at one gateway loses its socket at the other within a second', async () => {
    const [first = '', second = ''] = cluster.urls
    await using here = createClient({ url: first })
    const credentials = { username: 'erin', password: 'a pass phrase for tests' }
    await here.users.register(credentials)
    await using there = createClient({ url: second })
    const { accessToken } = await there.users.login(credentials)
    await using socket = rawSocket(second, accessToken)
    const { sessionId } = await socket.next('welcome')
    const endedAt = performance.now()
    await here.users.endSession(sessionId)
    expect(await socket.closed).toBe(4401)
    expect(performance.now() - endedAt).toBeLessThan(1000)
  })
})
