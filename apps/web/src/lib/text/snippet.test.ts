import { expect, test } from 'vitest'
import { snippet } from './snippet.ts'

test('hits are told apart from what is around them', () => {
  expect(snippet('the new pump holds', [[8, 12]])).toEqual([
    { text: 'the new ', isHit: false },
    { text: 'pump', isHit: true },
    { text: ' holds', isHit: false },
  ])
})

test('a late hit is shown with a few words before it', () => {
  const text = `${'word '.repeat(40)}pump`
  const pieces = snippet(text, [[200, 204]])
  expect(pieces[0]).toEqual({ text: '… ', isHit: false })
  expect(pieces.at(-1)).toEqual({ text: 'pump', isHit: true })
})

test('with more room there are more words before it', () => {
  const pieces = snippet('a few words, and then some more of them: pump', [[41, 45]], 60)
  expect(pieces.map(({ text }) => text)).toEqual([
    'a few words, and then some more of them: ',
    'pump',
  ])
})

test('the marks of Markdown are left out', () => {
  expect(snippet('the **pump** in `a`', [[6, 10]]).map(({ text }) => text)).toEqual([
    'the ',
    'pump',
    ' in a',
  ])
})

test('several lines become one', () => {
  expect(snippet('a\n\nb', [])).toEqual([{ text: 'a b', isHit: false }])
})

test('leaves the language of a block of code out', () => {
  const text = 'see:\n```ts\nconst a = 1\n```'
  expect(snippet(text, [[0, 3]])).toEqual([
    { text: 'see', isHit: true },
    { text: ': const a = 1 ', isHit: false },
  ])
})
