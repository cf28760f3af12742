import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  makeFolder,
  removeFolder,
  type SpawnedProduct,
  settle,
  spawnChatApp,
  spawnProduct,
} from '@chatapp/dev-env'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const statusOf = async (url: string) => (await fetch(url).catch(() => undefined))?.status

describe('a running ChatApp', () => {
  let product: SpawnedProduct
  beforeAll(async () => {
    product = await spawnProduct()
  })
  afterAll(() => product[Symbol.asyncDispose]())

  test('prints one line with its URL, and is ready from then on', async () => {
    expect(product.stdout()).toMatch(/^ChatApp is ready at http:\/\/127\.0\.0\.1:\d+$/m)
    expect(await statusOf(`${product.url}/readyz`)).toBe(200)
  })

  test('says in its log that the rate limits are off', () => {
    expect(product.stdout()).toContain('rate limits are off')
  })

  test('runs on when a second one is refused its data directory', async () => {
    const second = spawnChatApp(['start'], {
      env: { CHATAPP_DATA_DIR: product.directory, PORT: '0' },
    })
    expect(await second.exit).toBe(1)
    expect(second.stderr()).toMatch(/^Another ChatApp process \(pid \d+\) is using .*\n$/)
    expect(await statusOf(`${product.url}/readyz`)).toBe(200)
  })

  test('ends with 0 on Ctrl-C and leaves no database behind', async () => {
    product.signal('SIGINT')
    expect(await product.exit).toBe(0)
    const file = join(product.directory, 'postgres', 'data', 'postmaster.pid')
    await expect(readFile(file)).rejects.toThrow('ENOENT')
  })
})

describe('after kill -9', () => {
  let directory = ''
  beforeEach(async () => {
    directory = await makeFolder()
    return () => removeFolder(directory)
  })

  test('the next start takes over the orphaned database with everything in it', async () => {
    const first = await spawnProduct({ directory })
    const body = JSON.stringify({ username: 'alice', password: 'a pass phrase for tests' })
    const headers = { 'content-type': 'application/json' }
    const post = (url: string) => fetch(url, { method: 'POST', headers, body })
    expect((await post(`${first.url}/api/users/register`)).status).toBe(201)
    await first.crash()
    const second = await spawnProduct({ directory })
    expect((await post(`${second.url}/api/users/login`)).status).toBe(200)
    expect(await second.stop()).toBe(0)
  })
})

test('is not ready while its database is gone, and starts it again', async () => {
  const product = await spawnProduct()
  const file = join(product.directory, 'postgres', 'data', 'postmaster.pid')
  process.kill(Number.parseInt(await readFile(file, 'utf8'), 10), 'SIGKILL')
  await settle('not ready', async () => (await statusOf(`${product.url}/readyz`)) === 503)
  await settle('ready', async () => (await statusOf(`${product.url}/readyz`)) === 200, 20_000)
  await product[Symbol.asyncDispose]()
})

test('SIGTERM before it is ready ends it with 0 and leaves no database behind', async () => {
  const directory = await makeFolder()
  const child = spawnChatApp(['start'], {
    env: { CHATAPP_DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'info' },
  })
  await settle('PostgreSQL runs', () => child.stdout().includes('embedded PostgreSQL'), 30_000)
  child.signal('SIGTERM')
  expect(await child.exit, child.output()).toBe(0)
  await expect(readFile(join(directory, 'postgres/data/postmaster.pid'))).rejects.toThrow('ENOENT')
  await removeFolder(directory)
})

test('a .env file in the working directory is read, and a real variable wins', async () => {
  const directory = await makeFolder()
  await writeFile(join(directory, '.env'), 'PORT=eighty\nLOBBY=maybe\n')
  const child = spawnChatApp(['start'], { cwd: directory, env: { PORT: '0' } })
  expect(await child.exit).toBe(1)
  expect(child.stderr()).toBe('LOBBY must be on or off.\n')
  await removeFolder(directory)
})
