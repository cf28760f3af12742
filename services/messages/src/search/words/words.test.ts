import { parseSearch } from '@chatapp/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { FITS, matchText } from './match.ts'
import { neighboursOf } from './neighbours.ts'
import { fitsOf, type Lookup, planFor } from './plan.ts'
import { readTerms, type Terms } from './terms.ts'
import { tokensOf } from './tokens.ts'
import { isMistyped, isOneTypoAway } from './typo.ts'

const tokens = (text: string) => tokensOf(analyse(text))
const isPair = (token: string) => /^P[\w-]{3}$/.test(token)

function terms(query: string): Terms {
  const parsed = parseSearch(query)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return readTerms(parsed.query)
}

const match = (query: string, text: string) => matchText(text, terms(query))
const marked = (query: string, text: string) =>
  match(query, text)?.highlights.map(([start, end]) => text.slice(start, end))

describe('the tokens of a text', () => {
  test.each([
    ['The Quick fox, the FOX!', ['the', 'quick', 'fox']],
    ['Café Straße Łódź ﬁne Ａ', ['cafe', 'strasse', 'lodz', 'fine', 'a']],
    ['getUserName', ['get', 'user', 'name', 'getusername', 'username']],
    ['HTTPServer', ['http', 'server', 'httpserver']],
    ['user_name', ['user', 'name', 'username']],
    ['bob@example.com', ['bob', 'example', 'com', 'examplecom']],
    ['C++ and 100%', ['c', 'c++', 'and', '100', '100%']],
    ['a+b', ['a', 'a+', 'b']],
    ['今日は', ['今日', '日は', 'は']],
    ['ไทย', ['ไท', 'ทย', 'ย']],
    ['go 手机 now', ['go', '手机', '机', 'now']],
    ['👍🏽 ❤️ ❤', ['👍', '❤']],
    ['йод ёлка', ['иод', 'елка']],
    ['كِتَاب', ['كتاب']],
    ['한국어', ['한국', '국어', '어']],
    ['soft\u00adhyphen', ['softhyphen']],
    ['کتاب\u200cها', ['كتاب', 'ها', 'كتابها']],
    ['v2.1', ['v', '2', '1', 'v21', '21']],
    ['node24 x86 93a', ['node', '24', 'x86', '93a', 'node24']],
    ['ｶﾞｽ', ['ガス', 'ス']],
    ['١٢٣ ۴۵ ६७', ['123', '45', '67']],
    ['مكتبة کتاب', ['مكتبه', 'كتاب']],
    ['зʼїв צה״ל', ['з', 'ів', 'צה', 'ל', 'зів', 'צהל']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(tokens(text).filter((token) => !isPair(token))).toEqual(expected)
  })

  test('beside them there is one for every two units that stand side by side', () => {
    const pairs = (text: string) => tokens(text).filter(isPair)
    expect(pairs('the quick fox')).toHaveLength(2)
    expect(pairs('Quick, FOX!')).toEqual(pairs('quick fox'))
    expect(pairs('fox quick')).not.toEqual(pairs('quick fox'))
    expect(pairs('今日は')).toEqual([])
    expect(pairs('go 今日 👍')).toHaveLength(2)
  })

  test('pairs come to as many tokens as there are, evenly', () => {
    const words = Array.from({ length: 200 }, (_, i) => `word${i.toString(36)}x`)
    const both = words.flatMap((a) => words.map((b) => tokens(`${a} ${b}`).find(isPair)))
    // Of 40,000 thrown into 262,144 by chance about 37,100 differ.
    expect(new Set(both).size).toBeGreaterThan(36_500)
  })
})

describe('of a text that nobody writes', () => {
  const marks = '\u0301'.repeat(9_998)
  const cases = [
    ['ends without end', `c${'+'.repeat(9_999)}`],
    ['a name of long parts', `${'𐐨'.repeat(64)}_`.repeat(150)],
    ['eight long parts', `${'𐐨'.repeat(64)}_`.repeat(8)],
    ['a tower of marks', `a${marks}`],
    ['marks on a sign', `今${marks}`],
    ['marks of Thai', `ก${'\u0e31'.repeat(9_999)}`],
    ['variations', `👍${'\ufe0f'.repeat(9_998)}`],
    ['halves of syllables', 'ᄀ'.repeat(10_000)],
  ] as const

  test.each(cases)('no token is longer than an index takes: %s', (_, text) => {
    for (const token of tokens(text)) expect(Buffer.byteLength(token)).toBeLessThan(2_046)
  })

  test.each(cases)('the reading takes no longer than that of others: %s', (_, text) => {
    analyse(text)
    const startedAt = performance.now()
    analyse(`${text} `)
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})

describe('a query finds', () => {
  test.each([
    ['fox', 'The Quick FOX', ['FOX'], 'exact'],
    ['quick', 'so quickly', ['quickly'], 'prefix'],
    ['quikc', 'so quick', ['quick'], 'typo'],
    ['keller', 'im Rathauskeller', ['Rathauskeller'], 'part'],
    ['keller im', 'im Rathauskeller', ['im', 'Rathauskeller'], 'part'],
    ['بيتك', 'في البيتك', ['البيتك'], 'part'],
    ['quck', 'so quick', ['quick'], 'typo'],
    ['नमस्कर', 'जी नमस्कार', ['नमस्कार'], 'typo'],
    ['strasse', 'Die Straße', ['Straße'], 'exact'],
    ['cafe', 'Cafe\u0301!', ['Cafe\u0301'], 'exact'],
    ['"two words"', 'of two, words', ['two, words'], 'exact'],
    ['良い', '今日は良い天気', ['良い'], 'exact'],
    ['天', '今日は良い天気', ['天'], 'exact'],
    ['気', '今日は良い天気', ['気'], 'exact'],
    ['username', 'call getUserName()', ['UserName'], 'exact'],
    ['getUserName', 'get_user_name', ['get_user_name'], 'exact'],
    ['iPhone', 'my iphone', ['iphone'], 'exact'],
    ['e-mail', 'an email', ['email'], 'exact'],
    ['example.com/path', 'see https://example.com/path/x', ['example.com/path'], 'exact'],
    ['bob@example.com', 'ask bob@example.com.', ['bob@example.com'], 'exact'],
    ['C++', 'Go and C++', ['C++'], 'exact'],
    ['C', 'C++', ['C++'], 'exact'],
    ['go', 'Go now', ['Go'], 'exact'],
    ['2.14', 'at v2.14.0', ['2.14.0'], 'exact'],
    ['v2.14', 'at v2.14.0', ['v2.14.0'], 'exact'],
    ['iphone 15', 'my iPhone15', ['iPhone15'], 'prefix'],
    ['node2', 'on node24', ['node24'], 'prefix'],
    ['3c51', '3c5163e83', ['3c5163e83'], 'prefix'],
    ['👍', 'ok 👍🏿', ['👍🏿'], 'exact'],
    ['สวัส', 'สวัสดี', ['สวัส'], 'exact'],
    ['tom & jerry', 'jerry, tom', ['jerry', 'tom'], 'exact'],
  ])('%s in %s', (query, text, ...[marks, fit]) => {
    expect(match(query, text)?.fit).toBe(fit)
    expect(marked(query, text)).toEqual(marks)
  })

  test.each([
    ['go', 'gone'],
    ['C++', 'C'],
    ['今天', '今日は良い天気'],
    ['"two words"', 'words two'],
    ['"word"', 'words'],
    ['fox -quick', 'the quick fox'],
    ['fox -"quick fox"', 'the quick fox'],
    ['abcd', 'abxd'],
    ['ick', 'quick'],
    ['"keller"', 'Rathauskeller'],
    ['keller quikc', 'quick Rathauskeller'],
    ['abcd', 'abc'],
    ['one two', 'one three'],
  ])('not %s in %s', (query, text) => {
    expect(match(query, text)).toBeUndefined()
  })

  test('leaving out is for whole words', () => {
    expect(match('fox -quick', 'the quickly fox')).toBeDefined()
  })

  test('nothing to look for is an error at its place', () => {
    const problem = (sign: string, at: number) =>
      `“${sign}” (at ${at}) has no letter, digit or emoji`
    expect(() => terms('% &')).toThrow(problem('%', 1))
    expect(() => terms('fox "%"')).toThrow(problem('%', 5))
    expect(() => terms('fox -%')).toThrow(problem('%', 5))
  })
})

test.each([
  ['hello', 'hallo', true],
  ['hello', 'hell', true],
  ['hello', 'helloo', true],
  ['hello', 'ehllo', true],
  ['hello', 'hello', true],
  ['hello', 'hlelo', true],
  ['hello', 'hela', false],
  ['hello', 'helicopter', false],
  ['abcdef', 'abdcfe', false],
])('%s and %s: one typo is %s', (a, b, expected) => {
  expect(isOneTypoAway(a, b)).toBe(expected)
  expect(isOneTypoAway(b, a)).toBe(expected)
})

test.each([
  ['an ordinary word', 'quick'],
  ['a compound', 'donaudampfschifffahrtsgesellschaft'],
  ['a Ukrainian word', 'столиця'],
  ['a Persian word', 'كتابها'],
  ['a Tamil word', 'சென்னை'],
  ['a Hindi word', 'किताबें'],
])('a typo anywhere in %s is looked up', (_, word) => {
  const letters = [...word]
  const typed = letters.flatMap((letter, at) => [
    letters.toSpliced(at, 1),
    letters.toSpliced(at, 0, letter),
    letters.with(at, letters[0] ?? ''),
    letters.toSpliced(at, 2, ...letters.slice(at, at + 2).toReversed()),
  ])
  for (const wrong of typed.map((some) => some.join(''))) {
    const { words, head } = neighboursOf(wrong)
    const isFound = [wrong, ...words].includes(word) || (head && word.startsWith(head))
    expect(isFound, wrong).toBe(true)
    expect(words.length).toBeLessThan(2_500)
  }
})

test('a phrase is looked up by its pairs alone, and by what ends a word', () => {
  const looked = planFor(terms('"the c++ language"'), 'exact').all[0]?.[0]
  const pairs = tokens('the c++ language').filter(isPair)
  expect(looked?.map(({ token }) => token)).toEqual([pairs[0], 'c++', pairs[1]])
  expect(looked?.every(({ how }) => how === 'exact')).toBe(true)
})

test('a typed name is looked up by its pairs and by how its last part begins', () => {
  const looked = planFor(terms('www.example.com'), 'prefix').all[0]?.[0]
  expect(looked).toEqual([
    { token: tokens('www example').find(isPair), how: 'exact' },
    { token: 'com', how: 'prefix' },
  ])
})

describe('for every text', () => {
  const letters = fc.constantFrom(...'abcXYé_-. 今日本ก็👍+#ßİ'.split(/(?:)/u))
  const texts = fc.oneof(
    fc.array(letters, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  )
  const queries = fc
    .tuple(texts, fc.constantFrom('', '"', '-'))
    .map(([text, mark]) => `x ${mark}${text.replaceAll('"', '')}${mark === '"' ? '"' : ''}`)

  test('units stand in the text in order, and folding again changes nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let before = 0
        for (const unit of analyse(text)) {
          expect(unit.start).toBeGreaterThanOrEqual(before)
          expect(unit.end).toBeLessThanOrEqual(text.length)
          before = unit.start
          expect(tokens(unit.text)).toContain(unit.text)
        }
      }),
    )
  })

  test('every word of a text finds it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const word of text.replaceAll(/["“”„«»「」『』]/gu, ' ').split(/\s+/u)) {
          if (analyse(word).length === 0) continue
          expect(match(`"${word}"`, word)).toBeDefined()
        }
      }),
    )
  })

  test('what matches is what the plan finds in the tokens', () => {
    const has = (own: string[], { token, how }: Lookup) =>
      own.some((candidate) =>
        how === 'exact'
          ? candidate === token
          : how === 'prefix'
            ? candidate.startsWith(token)
            : isMistyped(candidate, token),
      )
    const echoes = [
      () => '',
      (query: string) => query,
      (query: string) => `${query}s`,
      (query: string) => query.toLowerCase(),
      (query: string) => query.replaceAll(/[-_.]/g, ''),
      (query: string) => query.slice(0, -1),
      (query: string) => `a${query}a`,
    ]
    fc.assert(
      fc.property(queries, texts, fc.constantFrom(...echoes), (query, other, echo) => {
        const parsed = parseSearch(query)
        if (!parsed.ok) return
        const { wanted, unwanted } = parsed.query
        if ([...wanted, ...unwanted].some((one) => analyse(one.text).length === 0)) return
        const read = readTerms(parsed.query)
        const text = `x ${echo(query)} ${other}`
        const found = matchText(text, read)
        if (!found) return
        const own = tokens(text)
        expect(fitsOf(read)).toContain(found.fit)
        const { parts } = planFor(read, 'part')
        if (found.fit === 'part')
          for (const part of parts?.texts ?? [])
            expect(own.some((token) => token.includes(part))).toBe(true)
        const fits =
          found.fit === 'part' ? ['part' as const] : FITS.slice(FITS.indexOf(found.fit), -1)
        for (const fit of fits) {
          const plan = planFor(read, fit)
          for (const alternatives of plan.all)
            expect(alternatives.some((all) => all.every((one) => has(own, one)))).toBe(true)
          expect(plan.none.filter((token) => own.includes(token))).toEqual([])
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
