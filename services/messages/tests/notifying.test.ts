import { settle } from '@chatapp/dev-env'
import type { NotificationChange } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { boot, group, send } from './boot.ts'

test('a backlog is told once and in the order of each conversation', async () => {
  await using chat = await boot({ lobby: false })
  const [alice, bob] = [await chat.join('alice'), await chat.join('bob')]
  const rooms = await Promise.all([1, 2, 3].map(() => group(alice, [bob])))
  for (let i = 0; i < 10; i++)
    await Promise.all(
      rooms.flatMap(({ id }) => Array.from({ length: 25 }, () => send(alice, id, '@bob'))),
    )
  const told: NotificationChange[] = []
  const parts: number[] = []
  chat.notifications.changed = async (changes) => {
    told.push(...changes)
    parts.push(changes.filter(({ type }) => type === 'message').length)
  }
  await chat.messages.start()
  const isDone = async () => {
    const [left] = await chat.admin`
      select 1 from messages.outbox where consumer = 'notifications' limit 1`
    return left === undefined
  }
  await settle('nothing waits', isDone, 20_000)
  const positionsIn = (id: string) =>
    told.flatMap((one) => (one.type === 'message' && one.conversationId === id ? one.position : []))
  const expected = Array.from({ length: 250 }, (_, i) => i + 2)
  expect(rooms.map(({ id }) => positionsIn(id))).toEqual(rooms.map(() => expected))
  expect(Math.max(...parts)).toBeLessThanOrEqual(500)
})
