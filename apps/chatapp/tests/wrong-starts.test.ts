import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { makeFolder, removeFolder, settle, spawnChatApp } from '@chatapp/dev-env'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { isExpected, toSentence } from '../src/failure.ts'

let folder = ''
beforeAll(async () => {
  folder = await makeFolder()
})
afterAll(() => removeFolder(folder))

/** What `chatapp start` says of these variables. */
function sentenceFor(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (isExpected(error)) return toSentence(error)
    throw error
  }
  throw new Error('they were accepted')
}

/** Starts, waits for the end, and gives back the one sentence it must have said. */
async function refusalOf(env: Record<string, string>, args = ['start']): Promise<string> {
  const child = spawnChatApp(args, { env: { CHATAPP_DATA_DIR: folder, PORT: '0', ...env } })
  expect(await child.exit, child.output()).toBe(1)
  expect(child.stdout()).toBe('')
  expect(child.stderr()).toMatch(/^\S[^\n]*\.\n$/)
  return child.stderr()
}

test('a wrong variable ends the start with a sentence that names it', async () => {
  expect(await refusalOf({ PORT: 'eighty' })).toBe('PORT must be a port number from 0 to 65535.\n')
})

describe('a wrong variable is refused by its name', () => {
  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '1.5'],
    ['RATE_LIMITS', 'perhaps'],
    ['LOBBY', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'hello'],
    ['USERS_DATABASE_URL', 'mysql://localhost/users'],
    ['PUBLIC_URL', 'chat.example.org'],
    ['ALLOWED_ORIGINS', 'https://ok.example.org,nonsense'],
    ['ALLOW_PRIVATE_ADDRESSES', 'some'],
    ['USERS_URL', 'users:8081'],
    ['MESSAGES_URL', 'http://one:8082,two'],
    ['NOTIFICATIONS_URL', 'http://notifications:8083/path'],
    ['SERVICE_TOKEN', 'short'],
    ['SIGNING_KEY', 'nonsense'],
    ['VAPID_PRIVATE_KEY', 'nonsense'],
    ['SMTP_URL', 'mail.example.org:587'],
    ['SMTP_URL', 'http://mail.example.org'],
    ['SMTP_URL', 'smtp://user@mail.example.org'],
    ['SMTP_URL', 'smtp://mail.example.org/?pool=true'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'ChatApp <no-reply@chat.example.org'],
    ['MAIL_DIGEST', 'weekly'],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['ELASTICSEARCH_URL', 'search:9200'],
    ['ELASTICSEARCH_INDEX', 'Big Index'],
    ['ELASTICSEARCH_SHARDS', '0'],
    ['ELASTICSEARCH_API_KEY', 'two words'],
  ])('%s=%s', (name, value) => {
    expect(sentenceFor({ [name]: value })).toMatch(new RegExp(`^${name} must be .*[^.]\\.$`))
  })
})

test('mail needs to know where its links lead', () => {
  expect(sentenceFor({ SMTP_URL: 'smtp://127.0.0.1' })).toMatch(
    /^SMTP_URL is set, but .*set PUBLIC_URL as well\.$/,
  )
})

test('an unknown service is refused with a list of those there are', async () => {
  expect(await refusalOf({}, ['start', 'postoffice'])).toContain(
    'gateway, users, messages, notifications',
  )
})

describe('a service by itself says in one sentence what it needs', () => {
  test.each([
    ['gateway', 'REDIS_URL, SERVICE_TOKEN, USERS_URL, MESSAGES_URL and NOTIFICATIONS_URL'],
    ['users', 'REDIS_URL, SERVICE_TOKEN, DATABASE_URL or USERS_DATABASE_URL and MESSAGES_URL'],
    [
      'messages',
      'REDIS_URL, SERVICE_TOKEN, DATABASE_URL or MESSAGES_DATABASE_URL, USERS_URL and NOTIFICATIONS_URL',
    ],
    [
      'notifications',
      'REDIS_URL, SERVICE_TOKEN, DATABASE_URL or NOTIFICATIONS_DATABASE_URL, USERS_URL and MESSAGES_URL',
    ],
  ])('%s', async (service, needs) => {
    expect(await refusalOf({}, ['start', service])).toContain(`needs ${needs};`)
  })
})

test('all of ChatApp in one process is not started beside a part that is elsewhere', async () => {
  expect(await refusalOf({ USERS_URL: 'http://127.0.0.1:8081' })).toMatch(/^USERS_URL says /)
})

test('a port that is in use is refused before the database is started', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  const address = await settle('it listens', () => busy.address())
  const port = typeof address === 'object' ? String(address.port) : ''
  expect(await refusalOf({ PORT: port, HOST: '127.0.0.1' })).toContain(`Port ${port} is in use`)
  busy.close()
})

test('a host that is not of this machine is refused', async () => {
  expect(await refusalOf({ HOST: '198.51.100.7', PORT: '18080' })).toContain('HOST 198.51.100.7')
})

test('a data directory that is a file is refused', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  expect(await refusalOf({ CHATAPP_DATA_DIR: file })).toContain(file)
})

test('a database that refuses us ends the start with a sentence', async () => {
  const url = 'postgres://nobody:wrong@127.0.0.1:9/none'
  const child = spawnChatApp(['start'], {
    env: { CHATAPP_DATA_DIR: join(folder, 'unreachable'), PORT: '0', DATABASE_URL: url },
  })
  await settle('it says what it waits for', () => child.stdout().includes('waiting'), 10_000)
  child.signal('SIGTERM')
  expect(await child.exit).toBe(0)
})
