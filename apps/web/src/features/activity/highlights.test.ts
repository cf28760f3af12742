import { expect, test } from 'vitest'
import { highlightsOf, soughtIn } from './highlights.ts'

const me = { username: 'Bob', keywords: ['tea', 'tea pot'] }

test('what called me is marked, however it is written', () => {
  expect(highlightsOf('@bob and @BOB', soughtIn('mention', me))).toEqual([
    [0, 4],
    [9, 13],
  ])
  expect(highlightsOf('Now @All', soughtIn('all', me))).toEqual([[4, 8]])
  expect(highlightsOf('The tea pot', soughtIn('keyword', me))).toEqual([[4, 7]])
  expect(highlightsOf('@bob', soughtIn('reply', me))).toEqual([])
})
