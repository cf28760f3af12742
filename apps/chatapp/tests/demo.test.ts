import { cast, type Product, settle, spawnChatApp, startProduct } from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product[Symbol.asyncDispose]())

describe('chat in the terminal', () => {
  test('a scripted person registers, writes into the lobby and leaves', async () => {
    const child = spawnChatApp(['chat', '--url', product.url, '--register'], {
      input:
        'erin\na long pass phrase\n/open general\nHello from a script\n/nonsense\n/quit\nnever\n',
    })
    expect(await child.exit, child.output()).toBe(0)
    expect(child.stdout()).toMatch(/^\d\d:\d\d {2}erin: Hello from a script$/m)
    expect(child.stdout()).toContain('There is no /nonsense; try /help.')
    expect(child.stdout()).not.toContain('never')
  })

  test('who is there sees what others write, that they type, and that they have read', async () => {
    const { alice, bob } = await cast(product)
    const { id } = await bob.client.conversations.openDirect(alice.session.user.id)
    const connection = bob.client.connect()
    const child = spawnChatApp(
      ['chat', '--url', product.url, '--username', 'alice', '--password', alice.password],
      { input: null },
    )
    child.write('/open @bob\nAre you there?\n')
    await settle('sent', () => child.stdout().includes('alice: Are you there?'))
    connection.typing(id)
    await settle('typing', () => child.stdout().includes('bob is typing'))
    connection.markRead(id, 1)
    await settle('read', () => child.stdout().includes('✓ read by bob'))
    await connection.send(id, 'Yes \u001b[31mred\u001b[0m').settled
    await settle('answered', () => child.stdout().includes('bob: Yes �[31mred�[0m'))
    child.signal('SIGINT')
    expect(await child.exit).toBe(0)
    await connection.close()
  })

  test('a wrong password is a sentence', async () => {
    const child = spawnChatApp(
      ['chat', '--url', product.url, '--username', 'erin', '--password', 'wrong'],
      {},
    )
    expect(await child.exit).toBe(1)
    expect(child.stderr()).toBe('The username or the password is wrong.\n')
  })
})

describe('the seeded demo', () => {
  test('has people with conversations full of messages, twice as many after a second run', async () => {
    const seed = async () => {
      const args = ['seed', '--url', product.url, '--messages', '120', '--json']
      const child = spawnChatApp(args)
      expect(await child.exit, child.output()).toBe(0)
      return JSON.parse(child.stdout())
    }
    const { usernames, password } = await seed()
    await seed()
    const client = createClient({ url: product.url })
    await client.users.login({ username: usernames[0], password })
    const { items } = await client.conversations.list()
    const product1 = items.filter((one) => one.title === 'Product')
    expect(product1).toHaveLength(1)
    expect(product1[0]?.lastPosition).toBeGreaterThan(20)
    await client.close()
  })
})
