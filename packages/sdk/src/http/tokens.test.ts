import { ChatError, type Session } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { aSession } from '../../tests/examples.ts'
import { ManualClock } from '../../tests/manual-clock.ts'
import { NetworkError } from './errors.ts'
import { type SavedSession, Tokens } from './tokens.ts'

function setUp(exchange: () => Promise<Session>) {
  const clock = new ManualClock()
  const kept: (SavedSession | null)[] = []
  const asked: string[] = []
  const tokens = new Tokens({
    session: aSession(1),
    clock,
    exchange: (before) => {
      asked.push(before?.refreshToken ?? '')
      return exchange()
    },
    onSession: (session) => void kept.push(session),
    aroundRefresh: (refresh) => refresh(),
  })
  return { clock, kept, asked, tokens }
}

test('a token is used until a minute before its end', async () => {
  const { clock, asked, tokens } = setUp(async () => aSession(2))
  clock.advance(839_000)
  expect(await tokens.access()).toBe('access.1')
  clock.advance(1_000)
  expect(await tokens.access()).toBe('access.2')
  expect(asked).toEqual(['refresh.1'])
})

test('many callers at once share one refresh', async () => {
  const { clock, asked, kept, tokens } = setUp(async () => aSession(2))
  clock.advance(900_000)
  const used = await Promise.all([tokens.access(), tokens.access(), tokens.replace('access.1')])
  expect(used).toEqual(['access.2', 'access.2', 'access.2'])
  expect(asked).toEqual(['refresh.1'])
  expect(kept.map((session) => session?.refreshToken)).toEqual(['refresh.2'])
})

test('a token refused late, after a refresh, asks for no second one', async () => {
  const { asked, tokens } = setUp(async () => aSession(2))
  await tokens.refresh()
  expect(await tokens.replace('access.1')).toBe('access.2')
  expect(asked).toHaveLength(1)
})

test('a refused refresh token ends the session', async () => {
  const { kept, tokens } = setUp(async () => {
    throw new ChatError('unauthenticated', 'ended')
  })
  await expect(tokens.refresh()).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(kept).toEqual([null])
  await expect(tokens.access()).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('without a network the token is used to its very end', async () => {
  const { clock, kept, tokens } = setUp(async () => {
    throw new NetworkError('away')
  })
  clock.advance(899_000)
  expect(await tokens.access()).toBe('access.1')
  clock.advance(1_000)
  await expect(tokens.access()).rejects.toBeInstanceOf(NetworkError)
  expect(kept).toEqual([])
})

test('signing in during a refresh wins over it', async () => {
  const answer = Promise.withResolvers<Session>()
  const { tokens } = setUp(() => answer.promise)
  const refreshing = tokens.refresh()
  await tokens.adopt(aSession(7))
  answer.resolve(aSession(2))
  expect((await refreshing).accessToken).toBe('access.7')
  expect(tokens.session?.accessToken).toBe('access.7')
})
