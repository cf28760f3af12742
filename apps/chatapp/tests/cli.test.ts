import {
  makeFolder,
  removeFolder,
  type Spawned,
  spawnChatApp,
  spawnProduct,
} from '@chatapp/dev-env'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let directory = ''
beforeAll(async () => {
  directory = await makeFolder()
})
afterAll(() => removeFolder(directory))

/** Runs a command to its end on the test's own data directory. */
async function chatapp(...args: string[]): Promise<Spawned & { code: number | string }> {
  const child = spawnChatApp(args, { env: { CHATAPP_DATA_DIR: directory, PORT: '0' } })
  return { ...child, code: await child.exit }
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await chatapp(...args, '--json')
  expect(stderr()).toBe('')
  return { code, answer: JSON.parse(stdout()) }
}

describe('help', () => {
  test.each([
    'start',
    'migrate',
    'seed',
    'chat',
    'search',
    'user',
    'bot',
    'webhook',
    'notifications',
    'doctor',
  ])('%s explains itself with examples', async (command) => {
    const { code, stdout } = await chatapp(command, '--help')
    expect(code).toBe(0)
    expect(stdout()).toContain('Examples:')
  })
})

describe('what is not there is refused in a sentence', () => {
  test.each([
    [['dance'], /unknown command 'dance'/],
    [['start', '--fast'], /unknown option '--fast'/],
    [['user', 'list', 'alice'], /too many arguments/],
    [['user', 'create'], /missing required argument 'username'/],
    [['seed', '--messages', 'many'], /must be a whole number/],
    [['seed', '--url', 'localhost'], /must begin with http/],
    [['search', 'reindex'], /needs ELASTICSEARCH_URL/],
    [['chat', '--url', 'http://127.0.0.1:9', '--username', 'a', '--password', 'b'], /No server/],
  ])('%j', async (args, sentence) => {
    const { code, stderr } = await chatapp(...args)
    expect(code).toBe(1)
    expect(stderr()).toMatch(sentence)
    expect(stderr().trim().split('\n')).toHaveLength(1)
  })
})

describe('with the server stopped', () => {
  test('doctor finds nothing wrong before the first start', async () => {
    const { code, answer } = await json('doctor')
    expect(code).toBe(0)
    expect(answer).toContainEqual(expect.objectContaining({ check: 'database', ok: true }))
  })

  test('migrate makes the tables once', async () => {
    expect((await json('migrate')).answer[0].applied).not.toHaveLength(0)
    expect((await json('migrate')).answer[0].applied).toHaveLength(0)
  })

  test('an account can be made, listed, deactivated and given a new password', async () => {
    const made = await json('user', 'create', 'alice', '--display-name', 'Alice')
    expect(made.answer.password).toMatch(/^.{12,}$/)
    const reset = await json('user', 'reset-password', 'alice')
    expect(reset.answer.password).not.toBe(made.answer.password)
    await json('user', 'deactivate', 'alice')
    const { answer } = await json('user', 'list')
    expect(answer).toMatchObject([{ username: 'alice', displayName: 'Alice' }])
    expect(answer[0].deactivatedAt).toBeTruthy()
  })

  test('a name that nobody has is refused', async () => {
    const { code, stderr } = await chatapp('user', 'deactivate', 'zoe')
    expect([code, stderr()]).toEqual([1, 'There is no user named "zoe".\n'])
  })
})

test('doctor names a wrong variable and ends with 1', async () => {
  const child = spawnChatApp(['doctor'], { env: { CHATAPP_DATA_DIR: directory, PORT: 'eighty' } })
  expect(await child.exit).toBe(1)
  expect(child.stdout()).toMatch(/WRONG.*PORT must be/)
})

test('doctor names a database that does not answer', async () => {
  const url = 'postgres://nobody@127.0.0.1:9/none'
  const child = spawnChatApp(['doctor', '--json'], {
    env: { CHATAPP_DATA_DIR: directory, PORT: '0', DATABASE_URL: url },
  })
  expect(await child.exit).toBe(1)
  const wrong = JSON.parse(child.stdout()).filter(({ ok }: { ok: boolean }) => !ok)
  expect(wrong.map(({ check }: { check: string }) => check)).toEqual([
    'database of users',
    'database of messages',
    'database of notifications',
  ])
})

test('accounts made beside a running server can sign in to it, and in the lobby they are', async () => {
  const product = await spawnProduct({ directory })
  try {
    const { answer } = await json('user', 'create', 'bob')
    const login = await fetch(`${product.url}/api/users/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'bob', password: answer.password }),
    })
    expect(login.status).toBe(200)
    const { accessToken } = await login.json()
    const headers = { authorization: `Bearer ${accessToken}` }
    const mine = await fetch(`${product.url}/api/conversations`, { headers })
    expect(await mine.json()).toMatchObject({ items: [{ title: 'General' }] })
    const { code, answer: findings } = await json('doctor')
    expect(code).toBe(0)
    const tables = findings.find(({ check }: { check: string }) => check === 'tables of messages')
    expect(tables.detail).toMatch(/^up to date, \d+ migrations, the last is /)
  } finally {
    await product[Symbol.asyncDispose]()
  }
})
