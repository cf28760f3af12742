import { expect, test } from 'vitest'
import { mergedByTime } from './merged-by-time.ts'

const at = (...times: number[]) => times.map((createdAt) => ({ createdAt }))

test('what was written between goes between', () => {
  expect(mergedByTime(at(1, 4, 6), at(2, 3, 5, 7))).toEqual(at(1, 2, 3, 4, 5, 6, 7))
})

test('each keeps its own order, whatever its times say', () => {
  expect(mergedByTime(at(5, 1), at(3))).toEqual(at(3, 5, 1))
  expect(mergedByTime([], at(2, 1))).toEqual(at(2, 1))
  expect(mergedByTime(at(2, 1), [])).toEqual(at(2, 1))
})
