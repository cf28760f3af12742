import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutSearch, FILTER_KINDS, parseSearch, type SearchQuery } from './parse.ts'

function read(text: string): SearchQuery {
  const parsed = parseSearch(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.query
}

function problemsOf(text: string) {
  const parsed = parseSearch(text)
  return parsed.ok
    ? []
    : parsed.problems.map(({ message, place }) => [message, text.slice(place.start, place.end)])
}

describe('a query', () => {
  test('has words, phrases and what to leave out', () => {
    const query = read('one "two three" -four -"five six"')
    expect(query.wanted.map((t) => [t.kind, t.text])).toEqual([
      ['word', 'one'],
      ['phrase', 'two three'],
    ])
    expect(query.unwanted.map((t) => [t.kind, t.text])).toEqual([
      ['word', 'four'],
      ['phrase', 'five six'],
    ])
  })

  test('has conditions, in any case, with values in quotation marks of any kind', () => {
    const query = read('FROM:@bob in:“Team Lunch” -has:link is:unread on:2026-02-28 in:「会議」')
    expect(query.filters.map(({ place: _, ...filter }) => filter)).toEqual([
      { kind: 'from', name: 'bob', isNegated: false },
      { kind: 'in', name: 'Team Lunch', isNegated: false },
      { kind: 'has', what: 'link', isNegated: true },
      { kind: 'is', what: 'unread', isNegated: false },
      {
        kind: 'on',
        period: { kind: 'calendar', year: 2026, month: 2, day: 28 },
        isNegated: false,
      },
      { kind: 'in', name: '会議', isNegated: false },
    ])
  })

  test.each(['https://example.com/a?b=c', '10:30', 'e-mail', 'C++', 'nosuch:thing', '-'])(
    'reads %s as a word',
    (word) => {
      expect(read(`${word} x`).wanted[0]).toMatchObject({ kind: 'word', text: word })
    },
  )

  test.each([
    ['before:2026', { kind: 'calendar', year: 2026, month: null, day: null }],
    ['after:2026-3', { kind: 'calendar', year: 2026, month: 3, day: null }],
    ['on:Yesterday', { kind: 'relative', daysAgo: 1 }],
    ['after:7d', { kind: 'relative', daysAgo: 7 }],
  ])('reads the date in %s', (text, period) => {
    expect(read(text).filters[0]).toMatchObject({ period })
  })
})

describe('what is wrong is said where it is', () => {
  test.each([
    ['fine on:2026-02-30', 'on: must be followed by a date', '2026-02-30'],
    ['has:pictures x', 'has: must be followed by link or file or mention or reaction', 'pictures'],
    ['x from:', 'from: must be followed by a user name, or me', ''],
    ['say "never closed', 'this quotation mark is never closed', '"never closed'],
    ['x ""', 'there is nothing in it', '""'],
    ['-before:2026 x', "before: can't be turned round", '2026'],
    ['-this', 'needs something to look for', '-this'],
    ['   ', 'must have at least one word', '   '],
  ])('%s', (text, message, marked) => {
    expect(problemsOf(text)).toEqual([[expect.stringContaining(message), marked]])
  })

  test.each([
    ['"open', 'unclosed'],
    ['""', 'empty'],
    ['from:', 'name'],
    ['on:soon', 'date'],
    ['-on:today', 'negated-date'],
    ['is:red', 'choice'],
    ['-this', 'nothing-wanted'],
    ['in:a '.repeat(13), 'too-many-conditions'],
    ['a '.repeat(13), 'too-many-words'],
  ])('%s has the kind %s', (text, kind) => {
    const parsed = parseSearch(text)
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.kind)).toEqual([kind])
  })

  test('also a wrong query has its pieces', () => {
    const pieces = cutSearch('x from: "open')
    expect(pieces.map(({ key, value, isOpen }) => [key, value, isOpen])).toEqual([
      [undefined, 'x', false],
      ['from', '', false],
      [undefined, 'open', true],
    ])
  })

  test('too many words', () => {
    const words = Array.from({ length: 14 }, (_, i) => `w${i}`)
    expect(problemsOf(words.join(' '))).toEqual([['at most 12 words', 'w12']])
  })
})

describe('for every text', () => {
  const pieces = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(...FILTER_KINDS.map((kind) => `${kind}:`), '-', '"', ' ', '“', 'me', '2026'),
  )
  const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''))

  test('there is an answer, whose places lie in the text and in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseSearch(text)
        const places = parsed.ok
          ? [...parsed.query.wanted, ...parsed.query.unwanted, ...parsed.query.filters]
          : parsed.problems
        expect(places.length).toBeGreaterThan(0)
        for (const { place } of places) {
          expect(place.start).toBeGreaterThanOrEqual(0)
          expect(place.end).toBeLessThanOrEqual(text.length)
          expect(place.start).toBeLessThanOrEqual(place.end)
        }
      }),
    )
  })

  test('a word written between others is found again', () => {
    const words = fc.stringMatching(/^[a-z0-9\u4e00-\u4e20]{1,8}$/)
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 10 }), (list) => {
        expect(read(list.join('  ')).wanted.map((t) => t.text)).toEqual(list)
      }),
    )
  })
})
