import { expect, test } from 'vitest'
import { summaryTitleAndBody, titleAndBody, wordsIn } from './words.ts'

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

test('a summary says how much there is in how many conversations, and names the latest', () => {
  const summary = { type: 'summary', count: 1000, conversations: 40 } as const
  const titles = ['Bob · Camping', 'Carol', 'Dan']
  expect(summaryTitleAndBody({ ...summary, titles }, en)).toEqual({
    title: '1000 new messages',
    body: 'Bob · Camping, Carol, Dan and 37 more',
  })
  expect(summaryTitleAndBody(summary, de)).toEqual({
    title: 'ChatApp',
    body: '1000 neue Nachrichten in 40 Unterhaltungen',
  })
  expect(summaryTitleAndBody({ ...summary, conversations: 3, titles }, de)).toEqual({
    title: '1000 neue Nachrichten',
    body: 'Bob · Camping, Carol, Dan',
  })
  const one = { ...summary, count: 1, conversations: 1 }
  expect(summaryTitleAndBody({ ...one, titles: ['Carol'] }, en)).toEqual({
    title: 'Carol',
    body: 'New message',
  })
  expect(summaryTitleAndBody(one, en)).toEqual({ title: 'ChatApp', body: 'New message' })
})

test('an unknown language is English', () => {
  expect(wordsIn('fr')).toBe(en)
})
