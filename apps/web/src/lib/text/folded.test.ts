import { expect, test } from 'vitest'
import { folded } from './folded.ts'

test('a name is found without its accents and capitals', () => {
  expect(folded('Béla Ó Súilleabháin')).toBe('bela o suilleabhain')
  expect(folded('佐藤')).toBe('佐藤')
})
