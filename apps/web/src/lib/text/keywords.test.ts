import { expect, test } from 'vitest'
import { hasKeyword } from './keywords.ts'

test('a keyword is found as a whole word, in capitals and beside punctuation', () => {
  expect(hasKeyword('Who can DEPLOY? Now.', ['deploy'])).toBe(true)
  expect(hasKeyword('deployment is done', ['deploy'])).toBe(false)
  expect(hasKeyword('redeployed, then deploy', ['deploy'])).toBe(true)
})

test('a phrase and a word of a language without spaces are found', () => {
  expect(hasKeyword('the release train leaves', ['release train'])).toBe(true)
  expect(hasKeyword('今日会議があります', ['会議'])).toBe(true)
})

test('no keywords find nothing', () => {
  expect(hasKeyword('anything', [])).toBe(false)
})
