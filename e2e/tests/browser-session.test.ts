import { type Product, startProduct } from '@chatapp/dev-env'
import { createClient, type Fetch } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product[Symbol.asyncDispose]())

const credentials = { username: 'alice', password: 'a pass phrase of alice' }

/** Keeps the one cookie, as a browser does for all of its tabs. */
function createBrowser() {
  let cookie = ''
  const browserFetch: Fetch = async (url, init) => {
    const headers = new Headers(init.headers)
    if (cookie) headers.set('cookie', cookie)
    headers.set('origin', new URL(url).origin)
    const answer = await fetch(url, { ...init, headers })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  return { openTab: () => createClient({ url: product.url, web: true, fetch: browserFetch }) }
}

test('tabs of one browser share a sign-in, and a sign-out ends it for all of them', async () => {
  const { openTab } = createBrowser()
  await using first = openTab()
  expect(await first.users.resume()).toBeNull()
  await first.users.register(credentials)
  const tabs = [openTab(), openTab(), openTab()]
  const names = await Promise.all(
    tabs.map(async (tab) => (await tab.users.resume())?.user.username),
  )
  expect(names).toEqual(['alice', 'alice', 'alice'])
  expect((await first.users.sessions()).items).toHaveLength(1)
  await first.users.logout()
  for (const tab of tabs) {
    await expect(tab.users.me()).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(tab.session).toBeNull()
    await tab.close()
  }
  await using later = openTab()
  expect(await later.users.resume()).toBeNull()
})
