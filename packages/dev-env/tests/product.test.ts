import { cast, rawSocket, startProduct, watchForLeaks } from '@chatapp/dev-env'
import { expect, test } from 'vitest'

test('the cast is registered and signed in, and no other product knows them', async () => {
  const [one, other] = [await startProduct(), await startProduct()]
  try {
    const { alice, bob } = await cast(one)
    expect((await alice.client.users.find('bob')).items).toMatchObject([{ username: bob.username }])
    const stranger = await other.person('erin')
    expect((await stranger.client.users.find('bob')).items).toEqual([])
  } finally {
    await Promise.all([one[Symbol.asyncDispose](), other[Symbol.asyncDispose]()])
  }
})

test('a restarted product still has everybody, at another address', async () => {
  const product = await startProduct()
  try {
    const { username, password } = await product.person()
    await product.restart()
    const client = product.client()
    await expect(client.users.login({ username, password })).resolves.toBeDefined()
  } finally {
    await product[Symbol.asyncDispose]()
  }
})

test('a stopped product leaves no server, socket or pool open', async () => {
  const check = watchForLeaks()
  const product = await startProduct()
  const { session } = await product.person()
  const socket = rawSocket(product.url, session.accessToken)
  expect(await socket.next('welcome')).toMatchObject({ userId: session.user.id })
  await product.stop()
  expect(await socket.closed).toBe(4000)
  await product[Symbol.asyncDispose]()
  await check()
})
