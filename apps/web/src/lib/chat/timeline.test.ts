import type { LogChange } from '@chatapp/sdk'
import { expect, test } from 'vitest'
import { arrived, text } from './samples.ts'
import {
  LOADED_MAX,
  loadingTimeline,
  withChange,
  withFirstPage,
  withMessage,
  withNewerPage,
  withOlderPage,
  withoutFarEnd,
} from './timeline.ts'

const texts = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => text(first + n))
const loaded = (first: number, last: number, after: number | null = null) =>
  withFirstPage(loadingTimeline, { items: texts(first, last), before: first, after })
const positions = (timeline: { messages: { position: number }[] }) =>
  timeline.messages.map(({ position }) => position)

test('what arrives is appended where the newest is loaded, and only there', () => {
  expect(positions(withChange(loaded(5, 6), arrived(text(7))))).toEqual([5, 6, 7])
  expect(positions(withChange(loaded(5, 6, 6), arrived(text(9))))).toEqual([5, 6])
})

test('an acknowledgement may come before the messages in front of it', () => {
  const ahead = withMessage(loaded(1, 1), text(3))
  expect(positions(withChange(ahead, arrived(text(2))))).toEqual([1, 2, 3])
})

test('what happened while a page was on its way is applied to it', () => {
  const of = { conversationId: 'r', source: 'live', messageId: 'm2', position: 2 } as const
  const edited: LogChange = {
    ...{ ...of, type: 'edited', version: 9, senderId: 'b', data: 'new', mentions: [] },
    ...{ editedAt: text(2).sentAt, message: null },
  }
  const waiting = withChange({ ...loaded(3, 4), busy: 'older' }, edited)
  const { messages, missed } = withOlderPage(waiting, {
    items: texts(1, 2),
    before: null,
    after: 2,
  })
  expect(messages[1]).toMatchObject({ data: 'new', version: 9 })
  expect(missed).toEqual([])
})

test('an older version does not replace a newer one', () => {
  const edited = withMessage(loaded(1, 2), text(2, { version: 8, data: 'new' }))
  expect(withMessage(edited, text(2)).messages[1]).toMatchObject({ data: 'new' })
})

test('unsending leaves a tombstone', () => {
  const of = { conversationId: 'r', source: 'live', messageId: 'm1', position: 1 } as const
  const unsentAt = text(1).sentAt
  const unsent = {
    ...of,
    type: 'unsent',
    version: 5,
    senderId: 'b',
    unsentAt,
    message: null,
  } as const
  expect(withChange(loaded(1, 1), unsent).messages).toMatchObject([{ data: null, unsentAt }])
})

test('the end that is far away is dropped, and can be loaded again', () => {
  const older = withOlderPage(loaded(101, 100 + LOADED_MAX), {
    items: texts(1, 100),
    before: null,
    after: 100,
  })
  const bounded = withoutFarEnd(older, 'older')
  expect(bounded.messages).toHaveLength(LOADED_MAX)
  expect(bounded).toMatchObject({ before: null, after: LOADED_MAX })
  const newer = withNewerPage(loaded(1, LOADED_MAX, LOADED_MAX), {
    items: texts(LOADED_MAX + 1, LOADED_MAX + 50),
    before: null,
    after: null,
  })
  expect(withoutFarEnd(newer, 'newer')).toMatchObject({ before: 51, after: null })
})

test('a flood of messages drops the oldest for who follows, and waits for who reads above', () => {
  const flood = texts(11, 3_000)
  const following = flood.reduce(withMessage, { ...loaded(1, 10), isFollowing: true })
  expect(following.messages.at(-1)?.position).toBe(3_000)
  expect(following.messages.length).toBeLessThanOrEqual(LOADED_MAX + 200)
  const reading = flood.reduce(withMessage, loaded(1, 10))
  expect(reading.messages[0]?.position).toBe(1)
  expect(reading.after).toBe(LOADED_MAX)
})
