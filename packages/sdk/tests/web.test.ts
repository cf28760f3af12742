import type { WebSession } from '@chatapp/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClient } from '../src/client.ts'
import { aSession, BOB } from './examples.ts'
import { problem, ScriptedServer } from './scripted-server.ts'

let server: ScriptedServer
beforeEach(async () => {
  server = await ScriptedServer.start()
})
afterEach(() => server[Symbol.asyncDispose]())

const openTab = () => createClient({ url: server.url, web: true })

function webSession(generation: number): WebSession {
  const { refreshToken: _, ...session } = aSession(generation)
  return session
}

test('a page signs in, goes on and signs out without ever holding a refresh token', async () => {
  const asked: string[] = []
  const answer = (path: string, status: number, body?: unknown) => {
    server.routes[`POST /api/users/web/${path}`] = (given) => {
      asked.push(`${path} ${given ? 'with' : 'without'} a body`)
      return { status, body }
    }
  }
  answer('login', 200, webSession(1))
  answer('refresh', 200, webSession(2))
  answer('logout', 204)
  await using client = openTab()
  await client.users.login({ username: 'alice', password: 'correct horse' })
  await client.users.refresh()
  expect(client.session).toEqual({ ...webSession(2), receivedAt: expect.any(Number) })
  await client.users.logout()
  expect(client.session).toBeNull()
  expect(asked).toEqual(['login with a body', 'refresh without a body', 'logout without a body'])
})

test('a page that loads finds who is signed in, or that nobody is', async () => {
  server.routes['POST /api/users/web/refresh'] = () => ({ status: 200, body: webSession(3) })
  await using known = openTab()
  const [first, again] = await Promise.all([known.users.resume(), known.users.resume()])
  expect([first?.accessToken, again?.accessToken]).toEqual(['access.3', 'access.3'])
  server.routes['POST /api/users/web/refresh'] = () => problem(401, 'unauthenticated')
  expect((await known.users.resume())?.accessToken).toBe('access.3')
  await using unknown = openTab()
  expect(await unknown.users.resume()).toBeNull()
  server.routes['POST /api/users/web/refresh'] = () => problem(503, 'overloaded')
  await expect(unknown.users.resume()).rejects.toMatchObject({ code: 'overloaded' })
})

test('when another tab has signed somebody else in, this one is signed out', async () => {
  await using client = openTab()
  await client.setSession(aSession(1))
  const { user, ...rest } = webSession(2)
  const body = { user: { ...user, id: BOB }, ...rest }
  server.routes['POST /api/users/web/refresh'] = () => ({ status: 200, body })
  await expect(client.users.refresh()).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(client.session).toBeNull()
})

test('tabs refresh one after the other', async () => {
  let underWay = 0
  let most = 0
  server.routes['POST /api/users/web/refresh'] = async () => {
    most = Math.max(most, ++underWay)
    await new Promise(setImmediate)
    underWay--
    return { status: 200, body: webSession(2) }
  }
  const tabs = [openTab(), openTab(), openTab()]
  await Promise.all(tabs.map((tab) => tab.users.resume()))
  expect(most).toBe(1)
  await Promise.all(tabs.map((tab) => tab.close()))
})
