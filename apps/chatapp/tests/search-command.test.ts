import { type Cast, cast, type Product, spawnChatApp, startProduct } from '@chatapp/dev-env'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let product: Product
let people: Cast
beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
  const { alice, bob } = people
  const harbour = await alice.client.conversations.create({
    title: 'Harbour',
    userIds: [bob.session.user.id],
  })
  const say = (person: typeof bob, data: string) =>
    person.client.messages.send({ conversationId: harbour.id, data })
  for (const data of ['walnut one', 'walnut two\non two lines', 'walnut \u001b[31m three'])
    await say(bob, data)
  await say(alice, 'hazelnut')
})
afterAll(() => product[Symbol.asyncDispose]())

async function search(...args: string[]) {
  const child = spawnChatApp(['search', '--url', product.url, ...args])
  const code = await child.exit
  return { code, stdout: child.stdout(), stderr: child.stderr() }
}

const asAlice = () => ['--username', 'alice', '--password', people.alice.password]

describe('chatapp search', { timeout: 120_000 }, () => {
  test('shows the newest first, each with its time, sender and conversation', async () => {
    const { code, stdout, stderr } = await search('walnut', ...asAlice())
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.split('\n')
    const head = /^\d{4}-\d\d-\d\d \d\d:\d\d {2}bob in Harbour$/
    expect([lines[0], lines[2], lines[5]]).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(head)),
    )
    expect([1, 3, 4, 6].map((at) => lines[at])).toEqual([
      '    walnut �[31m three',
      '    walnut two',
      '    on two lines',
      '    walnut one',
    ])
  })

  test('operators and refused words are read as in the other places', async () => {
    expect((await search('from:me', 'nut', ...asAlice())).stdout).toBe('Nothing was found.\n')
    const { stdout } = await search(...asAlice(), '--', 'walnut', '-two', '-three')
    expect(stdout).toMatch(/^.*\n {4}walnut one\n$/)
  })

  test('--limit says that there is more, and --json gives the whole answer', async () => {
    const { stdout } = await search('walnut', '--limit', '2', ...asAlice())
    expect(stdout).toMatch(/There is more; narrow it down, or ask for more with --limit\.\n$/)
    expect(stdout).not.toContain('walnut one')
    const answer = JSON.parse(
      (await search('walnut', '--limit', '2', '--json', ...asAlice())).stdout,
    )
    expect(answer).toMatchObject({
      items: [
        { message: { data: 'walnut \u001b[31m three' }, highlights: [[0, 6]] },
        { conversation: { title: 'Harbour' } },
      ],
      next: expect.any(String),
      degraded: false,
    })
    expect(answer.items).toHaveLength(2)
  })

  test('what is wrong in a query is marked, before a password is asked for', async () => {
    expect(await search('lunch', 'on:soon')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^lunch on:soon\n {9}\^{4}\n[^\n]*today[^\n]*\n$/),
    })
    expect((await search('lunch', '"on friday')).stderr).toMatch(
      /^lunch "on friday\n {6}\^{10}\n[^\n]+\n$/,
    )
  })

  test('a name that nobody has is marked, and the session ends', async () => {
    const before = (await people.alice.client.users.sessions()).items.length
    const { code, stderr } = await search('lunch', 'from:nosuch', ...asAlice())
    expect(code).toBe(1)
    expect(stderr).toMatch(/^lunch from:nosuch\n {6}\^{11}\n[^\n]*nosuch[^\n]*\n$/)
    expect((await people.alice.client.users.sessions()).items).toHaveLength(before)
  })

  test.each([
    [[], /^A username and a password are needed\.\n$/],
    [['--username', 'alice', '--password', 'not this one'], /^[^\n]*password[^\n]*\n$/i],
    [['--limit', '201'], /whole number from 1 to 200/],
  ])('%j: nothing is searched', async (args, sentence) => {
    const { code, stdout, stderr } = await search('walnut', ...args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(sentence)
  })
})
