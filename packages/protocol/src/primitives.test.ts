import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { displayNameSchema } from './http/users.ts'
import { MESSAGE_TEXT_MAX, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, POSITION_MAX } from './limits.ts'
import {
  clientIdSchema,
  codePoints,
  emojiSchema,
  idSchema,
  messageTextSchema,
  pageQuery,
  queryNumber,
  timeInputSchema,
  timeSchema,
} from './primitives.ts'

const accepts = (schema: z.ZodType, input: unknown) => schema.safeParse(input).success
const FACE = '😀'

describe('the text of a message', () => {
  test('may have 10,000 code points, however many UTF-16 units they take', () => {
    expect(accepts(messageTextSchema, FACE.repeat(MESSAGE_TEXT_MAX))).toBe(true)
    expect(accepts(messageTextSchema, FACE.repeat(MESSAGE_TEXT_MAX + 1))).toBe(false)
    expect(accepts(messageTextSchema, 'a'.repeat(MESSAGE_TEXT_MAX + 1))).toBe(false)
    expect(accepts(messageTextSchema, `${'a'.repeat(MESSAGE_TEXT_MAX - 1)}${FACE}`)).toBe(true)
  })

  test.each(['', ' ', '\n\t', '\u3000\u00a0'])('may not be blank: %j', (text) => {
    expect(accepts(messageTextSchema, text)).toBe(false)
  })

  test.each(['a\0', '\ud800', 'a\udc00b', '\udc00\ud800'])('may not contain %j', (text) => {
    expect(accepts(messageTextSchema, text)).toBe(false)
  })

  test.each([null, undefined, 7, true, ['a'], { toString: 'a' }])('is text, not %j', (data) => {
    expect(accepts(messageTextSchema, data)).toBe(false)
  })

  test('is kept exactly as it was sent', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 })
    const good = text.filter((s) => s.trim() !== '' && !s.includes('\0'))
    fc.assert(fc.property(good, (s) => messageTextSchema.parse(s) === s))
    for (const spaced of ['  a\n', 'e\u0301', 'a\r\nb\u0007']) {
      expect(messageTextSchema.parse(spaced)).toBe(spaced)
    }
  })
})

describe('a client id', () => {
  test('has 1 to 64 code points', () => {
    expect(accepts(clientIdSchema, FACE.repeat(64))).toBe(true)
    expect(accepts(clientIdSchema, 'a'.repeat(65))).toBe(false)
    expect(accepts(clientIdSchema, '')).toBe(false)
  })

  test.each(['a\nb', '\t', 'a\0', '\u200b', '\u202e', '\ud800', '\u2028'])(
    'is printable, unlike %j',
    (id) => expect(accepts(clientIdSchema, id)).toBe(false),
  )

  test('may be any printable ASCII', () => {
    const printable = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 64 })
    fc.assert(fc.property(printable, (id) => clientIdSchema.parse(id) === id))
  })
})

describe('a display name', () => {
  test.each(['Ann', 'Zoë Ç.', '山田 太郎', 'محمد', FACE])('may be %s', (name) => {
    expect(displayNameSchema.parse(name)).toBe(name)
  })

  test.each(['a\nb', 'a\u0000', 'a\u202eb', '\u2066a', 'a\u200f', '\ud800', '  ', ''])(
    'may not be %j',
    (name) => expect(accepts(displayNameSchema, name)).toBe(false),
  )

  test('has up to 64 code points', () => {
    expect(accepts(displayNameSchema, FACE.repeat(64))).toBe(true)
    expect(accepts(displayNameSchema, FACE.repeat(65))).toBe(false)
  })
})

describe('an emoji', () => {
  test.each(['👍', '❤', '❤️', '👩🏽‍🚀', '🇩🇪', '1️⃣', '👨‍👩‍👧‍👦', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])('is %s', (emoji) => {
    expect(emojiSchema.parse(emoji)).toBe(emoji)
  })

  test.each(['', 'a', '1', '👍👍', ':+1:', '👍 ', '\u200d', '🇩', '<b>'])('is not %j', (text) => {
    expect(accepts(emojiSchema, text)).toBe(false)
  })
})

describe('an id', () => {
  test('is told in lower case', () => {
    fc.assert(fc.property(fc.uuid(), (id) => idSchema.parse(id.toUpperCase()) === id))
  })

  test.each(['', 'me', '0193a1c0-1c11-7a3e-8b1f-6a5d4c3b2a1', '0193a1c01c117a3e8b1f6a5d4c3b2a19'])(
    'is a UUID, unlike %j',
    (id) => expect(accepts(idSchema, id)).toBe(false),
  )

  test('does not end in a line break', () => {
    expect(accepts(idSchema, '0193a1c0-1c11-7a3e-8b1f-6a5d4c3b2a19\n')).toBe(false)
  })
})

describe('a limit', () => {
  test('is 50 when it is left out, and never more than 200', () => {
    expect(pageQuery.limit.parse(undefined)).toBe(PAGE_LIMIT_DEFAULT)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (n) => {
        expect(pageQuery.limit.parse(String(n))).toBe(Math.min(n, PAGE_LIMIT_MAX))
      }),
    )
  })

  test.each(['0', '00', '-1', '1.5', '1e3', ' 1', '', '٣', '0x10'])('is not %j', (text) => {
    expect(accepts(pageQuery.limit, text)).toBe(false)
  })
})

test('a number in a query is whole and within its bounds', () => {
  const position = queryNumber(1)
  expect(position.parse('7')).toBe(7)
  expect(position.parse(String(POSITION_MAX))).toBe(POSITION_MAX)
  for (const text of ['0', '-7', '7.0', '7e0', '', 'seven', String(POSITION_MAX + 1)])
    expect(accepts(position, text)).toBe(false)
  expect(queryNumber(0).parse('0')).toBe(0)
})

test('times are answered in UTC with milliseconds and taken with any offset', () => {
  expect(accepts(timeSchema, '2026-01-31T12:00:00.000Z')).toBe(true)
  expect(accepts(timeSchema, '2026-01-31T12:00:00Z')).toBe(false)
  expect(accepts(timeInputSchema, '2026-01-31T13:00:00+01:00')).toBe(true)
  expect(accepts(timeInputSchema, '2026-02-30T13:00:00Z')).toBe(false)
})

test('code points are counted, not UTF-16 units', () => {
  expect(codePoints(`a${FACE}`)).toBe(2)
})
