import { cutSearch } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { segmentsOf } from './segments.ts'

const shown = (text: string, wrong: { start: number; end: number }[] = []) =>
  segmentsOf(text, cutSearch(text), wrong).map(
    (one) => `${one.isCondition ? '#' : ''}${one.isWrong ? '!' : ''}${one.text}`,
  )

test('conditions are told apart from words', () => {
  expect(shown('pump from:bob "a b"')).toEqual(['pump ', '#from:bob', ' "a b"'])
})

test('what is wrong is marked at its place', () => {
  expect(shown('on:soon x', [{ start: 3, end: 7 }])).toEqual(['#on:', '#!soon', ' x'])
})

test('what is missing marks what it is missing from', () => {
  expect(shown('x from:', [{ start: 7, end: 7 }])).toEqual(['x ', '#!from:'])
})

test('an empty query has nothing to show', () => {
  expect(shown('')).toEqual([])
})
