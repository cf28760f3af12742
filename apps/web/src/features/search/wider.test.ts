import { parseSearch } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { widerQueries } from './wider.ts'

function wider(text: string): string[] {
  const parsed = parseSearch(text)
  if (!parsed.ok) throw new Error(text)
  return widerQueries(text, parsed.query)
}

test('without the conditions, then word by word', () => {
  expect(wider('red pump from:bob')).toEqual(['red pump', 'pump', 'red'])
})

test('without the quotation marks', () => {
  expect(wider('"red pump"')).toEqual(['red pump', 'pump', 'red'])
})

test('one word asks for as little as it can', () => {
  expect(wider('pump')).toEqual([])
})
