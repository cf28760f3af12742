import { routes, type WebSession, webSessionSchema } from '@chatapp/protocol'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { openWorld, PASSWORD, type World } from './world.ts'

const PLAIN = { 'x-forwarded-host': 'chat.lan', 'x-forwarded-proto': 'http' }
const credentials = { username: 'alice', password: PASSWORD }

/** A browser with one cookie, as far as it keeps cookies at all. */
class Browser {
  cookie: string | undefined
  setCookie = ''
  readonly #world: World
  readonly #headers: Record<string, string>

  constructor(world: World, headers: Record<string, string> = {}) {
    this.#world = world
    this.#headers = headers
  }

  register = () => this.#session(routes.webRegister, credentials)
  login = () => this.#session(routes.webLogin, credentials)
  refresh = () => this.#session(routes.webRefresh)

  /** A page load that ends before the answer is there. */
  async refreshInVain(): Promise<void> {
    const { cookie } = this
    await this.refresh()
    this.cookie = cookie
  }

  async send(route: Parameters<World['send']>[0], body?: unknown) {
    const headers = { ...this.#headers, ...(this.cookie && { cookie: this.cookie }) }
    const answer = await this.#world.send(route, { body, headers })
    this.setCookie = answer.headers.get('set-cookie') ?? ''
    const pair = this.setCookie.split(';')[0]
    if (pair) this.cookie = pair.endsWith('=') ? undefined : pair
    return answer
  }

  async #session(route: Parameters<World['send']>[0], body?: unknown): Promise<WebSession> {
    const answer = await this.send(route, body)
    const text = await answer.text()
    expect([answer.status, text]).toEqual([route.id === 'webRegister' ? 201 : 200, text])
    expect(text).not.toContain('refreshToken')
    return webSessionSchema.parse(JSON.parse(text))
  }
}

const sessionIdOf = ({ accessToken }: WebSession) => decodeJwt(accessToken).sid

test('a browser signs in, refreshes and signs out by a cookie that no script sees', async () => {
  await using world = await openWorld()
  const browser = new Browser(world)
  const registered = await browser.register()
  expect(browser.setCookie).toMatch(
    /^__Host-chatapp=[\w-]{43}; Max-Age=5184000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  const first = browser.cookie
  const refreshed = await browser.refresh()
  expect(browser.cookie).not.toBe(first)
  expect(refreshed.user).toEqual(registered.user)
  expect(sessionIdOf(refreshed)).toBe(sessionIdOf(registered))
  expect((await browser.send(routes.webLogout)).status).toBe(204)
  expect(browser.cookie).toBeUndefined()
  expect(browser.setCookie).toContain('Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict')
  const { accessToken: token } = refreshed
  expect((await world.send(routes.getOwnUser, { token })).status).toBe(401)
  expect((await browser.send(routes.webRefresh)).status).toBe(401)
  expect((await browser.send(routes.webLogout)).status).toBe(204)
})

test('a server that is reached by plain HTTP gives a cookie that browsers keep there', async () => {
  await using world = await openWorld()
  const browser = new Browser(world, PLAIN)
  await browser.register()
  expect(browser.setCookie).toMatch(
    /^chatapp=[\w-]{43}; Max-Age=5184000; Path=\/; HttpOnly; SameSite=Strict$/,
  )
  await browser.refresh()
  await browser.send(routes.webLogout)
  expect((await browser.send(routes.webRefresh)).status).toBe(401)
})

test('behind a proxy that ends TLS the page tells that it is secure', async () => {
  await using world = await openWorld()
  const sameHost = new Browser(world, { ...PLAIN, origin: 'https://chat.lan' })
  await sameHost.register()
  expect(sameHost.setCookie).toContain('__Host-chatapp=')
  const otherHost = new Browser(world, { ...PLAIN, origin: 'https://chat.example.org' })
  await otherHost.login()
  expect(otherHost.setCookie).toContain('__Host-chatapp=')
})

test('over a secure page a cookie without the prefix is not looked at', async () => {
  await using world = await openWorld()
  const browser = new Browser(world)
  await browser.register()
  browser.cookie = browser.cookie?.replace('__Host-', '')
  expect((await browser.send(routes.webRefresh)).status).toBe(401)
})

test('pages of other origins are refused and change nothing', async () => {
  await using world = await openWorld()
  const browser = new Browser(world)
  const session = await browser.register()
  const headers = (origin: string) => ({ origin, cookie: browser.cookie ?? '' })
  for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null', 'chat.example.org']) {
    for (const route of [routes.webRefresh, routes.webLogout]) {
      const answer = await world.send(route, { headers: headers(origin) })
      expect([origin, answer.status]).toEqual([origin, 403])
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    const body = { ...credentials, username: 'mallory' }
    for (const [route, given] of [
      [routes.webLogin, credentials],
      [routes.webRegister, body],
    ] as const) {
      const answer = await world.send(route, { body: given, headers: headers(origin) })
      expect([origin, answer.status]).toEqual([origin, 403])
    }
  }
  const form = await world.send(routes.webLogin, {
    body: credentials,
    headers: { 'content-type': 'text/plain' },
  })
  expect(form.status).toBe(415)
  expect((await world.send(routes.getOwnUser, { token: session.accessToken })).status).toBe(200)
  expect((await browser.refresh()).user.username).toBe('alice')
})

test('reloads in the middle of a refresh do not sign a browser out', async () => {
  await using world = await openWorld()
  const browser = new Browser(world)
  const session = await browser.register()
  await browser.refreshInVain()
  world.clock.now += 30_000
  await browser.refreshInVain()
  world.clock.now += 30_000
  await browser.refresh()
  world.clock.now += 800_000
  expect(sessionIdOf(await browser.refresh())).toBe(sessionIdOf(session))
  expect(world.endings).toEqual([])
})

test('tabs that refresh at once all stay signed in, whichever cookie is kept', async () => {
  await using world = await openWorld()
  const browser = new Browser(world)
  await browser.register()
  const tabs = [1, 2, 3].map(() => Object.assign(new Browser(world), { cookie: browser.cookie }))
  await Promise.all(tabs.map((tab) => tab.refresh()))
  for (const tab of tabs.slice(0, 2)) {
    world.clock.now += 1_000
    await tab.refresh()
  }
  expect(world.endings).toEqual([])
})

test('a cookie used again after a minute was copied, and its session ends', async () => {
  await using world = await openWorld()
  const browser = new Browser(world)
  const { user } = await browser.register()
  const thief = Object.assign(new Browser(world), { cookie: browser.cookie })
  const session = await browser.refresh()
  world.clock.now += 60_001
  expect((await thief.send(routes.webRefresh)).status).toBe(401)
  expect(world.endings).toEqual([
    { type: 'session-ended', userId: user.id, sessionId: sessionIdOf(session) },
  ])
  expect((await browser.send(routes.webRefresh)).status).toBe(401)
})

test('whoever copies a cookie and uses it within the minute is found out by the next refresh', async () => {
  await using world = await openWorld()
  const browser = new Browser(world)
  await browser.register()
  const thief = Object.assign(new Browser(world), { cookie: browser.cookie })
  await browser.refresh()
  await thief.refresh()
  await browser.refresh()
  world.clock.now += 60_001
  expect((await thief.send(routes.webRefresh)).status).toBe(401)
  expect(world.endings).toHaveLength(1)
})

test('tokens of apps and cookies of browsers do not work in each other’s place', async () => {
  await using world = await openWorld()
  const browser = new Browser(world)
  await browser.register()
  const app = await world.login('alice')
  const refreshToken = browser.cookie?.split('=')[1]
  expect((await world.send(routes.refresh, { body: { refreshToken } })).status).toBe(401)
  const cookie = `__Host-chatapp=${app.refreshToken}`
  expect((await world.send(routes.webRefresh, { headers: { cookie } })).status).toBe(401)
  expect((await world.send(routes.webLogout, { headers: { cookie } })).status).toBe(204)
  expect(world.endings).toEqual([])
  await browser.refresh()
  expect(await world.isAccepted(app)).toBe(true)
})
