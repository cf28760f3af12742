import { expect, test } from 'vitest'
import { titleAndBody, wordsIn } from './words.ts'

const message = { type: 'message', conversationId: 'c', position: 7, count: 1 } as const
const en = wordsIn('en')
const de = wordsIn('de')

test('a notification says what the push message may tell, and of how many messages it is', () => {
  const full = { ...message, title: 'Bob · Camping', body: 'Who brings the tent?' }
  expect(titleAndBody(full, en)).toEqual({ title: full.title, body: full.body })
  expect(titleAndBody({ ...full, count: 3 }, en)).toEqual({
    title: 'Bob · Camping (3)',
    body: full.body,
  })
  expect(titleAndBody({ ...message, title: 'Bob' }, en)).toEqual({
    title: 'Bob',
    body: 'New message',
  })
  expect(titleAndBody({ ...message, title: 'Bob', count: 2 }, de)).toEqual({
    title: 'Bob',
    body: '2 neue Nachrichten',
  })
  expect(titleAndBody({ ...message, count: 2 }, en)).toEqual({
    title: 'ChatApp',
    body: '2 new messages',
  })
})

test('an unknown language is English', () => {
  expect(wordsIn('fr')).toBe(en)
})
