import { expect, test } from 'vitest'
import { blocksBetween, joinBlocks, timeMarkers } from './time-blocks.ts'

const at = (day: number) => new Date(day * 24 * 3600 * 1000 + 1234)

test.each([
  [20_479, 20_479],
  [20_480, 20_480],
  [20_000, 20_479],
  [19_999, 20_611],
  [0, 20_611],
])('every day from %d to %d is in exactly one block', (oldest, newest) => {
  const blocks = blocksBetween(at(oldest), at(newest))
  for (let day = oldest; day <= newest; day++)
    expect(timeMarkers(at(day)).filter((marker) => blocks.includes(marker))).toHaveLength(1)
  expect(timeMarkers(at(newest + 1)).filter((marker) => blocks.includes(marker))).toEqual([])
})

test('the blocks go back in time, small ones first', () => {
  expect(blocksBetween(at(509), at(520))).toEqual(['D520', 'W64', 'Y0'])
  expect(blocksBetween(at(0), at(10))).toEqual(['D10', 'D9', 'D8', 'W0'])
})

test('blocks of one size can be joined, in their order', () => {
  expect(joinBlocks(blocksBetween(at(0), at(1_034)))).toEqual([
    '(D1034|D1033|D1032)',
    '(W128)',
    '(Y1)',
    '(Y0)',
  ])
})

test('between nothing there is no block', () => {
  expect(blocksBetween(at(5), at(4))).toEqual([])
})
