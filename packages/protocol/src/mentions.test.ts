import { expect, test } from 'vitest'
import { namesIn } from './mentions.ts'

test('names are found where a person would see them', () => {
  expect(namesIn('hi @Bob, and @carol.smith!')).toEqual(['bob', 'carol.smith'])
  expect(namesIn('ask @bob.')).toEqual(['bob.', 'bob'])
  expect(namesIn('(@dan) @ALL: dinner')).toEqual(['dan', 'all'])
  expect(namesIn('@all-hands')).toEqual(['all-hands'])
})

test('an e-mail address mentions nobody', () => {
  expect(namesIn('mail bob@example.com')).toEqual([])
})

test('code mentions nobody', () => {
  expect(namesIn('run `notify @all` and ``a ` @bob``, @carol')).toEqual(['carol'])
  expect(namesIn('```ts\n@all\n```\n@bob\n~~~\n@carol')).toEqual(['bob'])
  expect(namesIn('a lone ` before @bob')).toEqual(['bob'])
})

test.each([
  ['backticks', Array.from({ length: 140 }, (_, n) => '`'.repeat(n + 1)).join(' ')],
  ['one run of backticks', `\n${'`'.repeat(100_000)}`],
  ['one run of tildes', `\n${'~'.repeat(100_000)}`],
])('a text of nothing but %s is done with at once', (_, runs) => {
  const start = performance.now()
  expect(namesIn(`@bob ${runs}`)).toEqual(['bob'])
  expect(performance.now() - start).toBeLessThan(1_000)
})
