import {
  isContinuousIntegration,
  makeFolder,
  removeFolder,
  type SearchServer,
  settle,
  spawnChatApp,
  spawnProduct,
  startSearchServer,
  whyNoSearchServer,
} from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** A server of Java on a busy machine. */
const PATIENCE_MS = 600_000
/** Several steps of the builder. */
const MESSAGES = 4_500
const BATCH = 100
const PASSWORD = 'a pass phrase for tests'

/** Undefined where the engine must be there, or can be. */
const reason = isContinuousIntegration() ? undefined : whyNoSearchServer()
if (reason) console.log(`chatapp search reindex is not tried: ${reason}.`)

describe.skipIf(reason)('chatapp search reindex', { timeout: PATIENCE_MS }, () => {
  let server: SearchServer
  let directory = ''
  let conversationId = ''
  let said = 0

  const env = () => ({
    CHATAPP_DATA_DIR: directory,
    ELASTICSEARCH_URL: server.url,
    ELASTICSEARCH_INDEX: 'nuts',
  })
  const reindex = (onOutput?: (text: string) => void) =>
    spawnChatApp(['search', 'reindex'], { env: { ...env(), PORT: '0' }, onOutput })
  const start = () => spawnProduct({ directory, env: env() })

  async function signIn(url: string) {
    const client = createClient({ url })
    await client.users.login({ username: 'alice', password: PASSWORD })
    return client
  }

  async function say(client: ReturnType<typeof createClient>, count: number): Promise<void> {
    for (let i = 0; i < count; i += BATCH)
      await Promise.all(
        Array.from({ length: Math.min(BATCH, count - i) }, () =>
          client.messages.send({ conversationId, data: `walnut ${++said}` }),
        ),
      )
  }

  const ask = async (path: string) => (await fetch(`${server.url}/${path}`)).json()

  async function indexes(): Promise<string[]> {
    const all: { index: string }[] = await ask('_cat/indices/nuts-*?format=json')
    return all.map(({ index }) => index)
  }

  const searched = async () => Object.keys(await ask('_alias/nuts'))

  /** One that was quicker than the signal is followed by another one. */
  async function killInTheMiddle(): Promise<{ begun: string; reached: number }> {
    for (;;) {
      const [before, known] = [await searched(), await indexes()]
      const child = reindex((text) => {
        if (text.includes('%')) child.signal('SIGKILL')
      })
      const end = await child.exit
      const [begun] = (await indexes()).filter((index) => !known.includes(index))
      const reached = Number(/(\d+) %\n$/.exec(child.stderr())?.[1])
      const isInTheMiddle = end === 'SIGKILL' && String(await searched()) === String(before)
      if (isInTheMiddle && begun) return { begun, reached }
    }
  }

  /** Everything is in the engine, is found, and nothing twice. */
  async function expectComplete(client: ReturnType<typeof createClient>): Promise<void> {
    await settle(
      'the engine answers, and has everything',
      async () =>
        !(await client.messages.search('walnut', { limit: 1 })).degraded &&
        (await ask('nuts/_count')).count === said,
      PATIENCE_MS,
    )
    const found: (string | null)[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await client.messages.search('walnut', { limit: 200, sort: 'newest', cursor })
      found.push(...page.items.map(({ message }) => (message.kind === 'text' ? message.data : '')))
      if (page.next === null) break
      cursor = page.next
    }
    expect(found).toHaveLength(said)
    expect(new Set(found).size).toBe(said)
  }

  beforeAll(async () => {
    server = await startSearchServer('elasticsearch')
    directory = await makeFolder()
    await using product = await start()
    const client = createClient({ url: product.url })
    await client.users.register({ username: 'alice', password: PASSWORD })
    conversationId = (await client.conversations.create({ title: 'Nuts', userIds: [] })).id
    await say(client, MESSAGES)
    await expectComplete(client)
    await client.close()
    await product.stop()
  }, PATIENCE_MS)

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    await removeFolder(directory)
  })

  test('killed in the middle it goes on where it was, and then nothing is missing', async () => {
    const { begun, reached } = await killInTheMiddle()
    expect(reached).toBeGreaterThan(0)
    const again = reindex()
    expect(await again.exit, again.stderr()).toBe(0)
    const lines = again.stderr().trim().split('\n')
    expect(Number(/(\d+) %$/.exec(lines[0] ?? '')?.[1])).toBeGreaterThanOrEqual(reached)
    expect(lines.at(-1)).toMatch(/^\d+ messages are in the new index\.$/)
    expect(await indexes()).toEqual([begun])
    await using product = await start()
    const client = await signIn(product.url)
    await expectComplete(client)
    await client.close()
    await product.stop()
  })

  test('what is sent while two of them run and one is killed is found as well', async () => {
    await using product = await start()
    const client = await signIn(product.url)
    await expectComplete(client)
    const before = await indexes()
    const both = [reindex(), reindex()]
    const killed = reindex((text) => {
      if (text.includes('%')) killed.signal('SIGKILL')
    })
    const talking = say(client, 1_000)
    for (const one of both) expect(await one.exit, one.stderr()).toBe(0)
    await killed.exit
    await talking
    const last = reindex()
    expect(await last.exit, last.stderr()).toBe(0)
    await settle('one index is left', async () => (await indexes()).length === 1, PATIENCE_MS)
    expect(await indexes()).not.toEqual(before)
    await expectComplete(client)
    await client.close()
    await product.stop()
  })
})
