import { expect, test } from 'vitest'
import { findShown } from './occurrence.ts'

test('words are found where Markdown has moved them', () => {
  expect(findShown('a **pump** holds', [[4, 8]], 'a pump holds\n')).toEqual([[2, 6]])
})

test('of several occurrences it is the same one', () => {
  const source = 'pumpkin, `pump` and pump'
  expect(findShown(source, [[20, 24]], 'pumpkin, pump and pump')).toEqual([[18, 22]])
})

test('what is not shown has no place', () => {
  expect(findShown('[here](https://x.example)', [[7, 12]], 'here')).toEqual([])
})
