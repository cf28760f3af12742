import { fold } from './fold.ts'
import { lacksLetter } from './typo.ts'

type Range = [first: string, last: string]

/** The letters that a script is typed with: ranges, and what the keyboards of single languages add. */
const SCRIPTS: [main: Range, ...others: Range[]][] = [
  [
    ['a', 'z'],
    ['ə', 'ə'],
  ],
  [['α', 'ω']],
  // Behind the letters of Russian those of Ukrainian, Serbian, Macedonian and Kazakh.
  [
    ['а', 'я'],
    ['ѐ', 'џ'],
    ...['ґ', 'ғ', 'қ', 'ң', 'ү', 'ұ', 'һ', 'ә', 'ө'].map((letter): Range => [letter, letter]),
  ],
  [['ա', 'ֆ']],
  [['א', 'ת']],
  // Behind the letters of Arabic those of Persian and Urdu.
  [
    ['ء', 'ي'],
    ...['ٹ', 'پ', 'چ', 'ڈ', 'ڑ', 'ژ', 'گ', 'ں', 'ھ', 'ے'].map((letter): Range => [letter, letter]),
  ],
  // Of the scripts of India also the signs of vowels, which are typed like letters.
  [['\u0900', '\u094d']],
  [['\u0980', '\u09cd']],
  [['\u0a00', '\u0a4d']],
  [['\u0a80', '\u0acd']],
  [['\u0b00', '\u0b4d']],
  [['\u0b80', '\u0bcd']],
  [['\u0c00', '\u0c4d']],
  [['\u0c80', '\u0ccd']],
  [['\u0d00', '\u0d4d']],
  [['\u0d80', '\u0ddf']],
  [['ა', 'ჰ']],
  [['ሀ', 'ፚ']],
]
const ALPHABETS = SCRIPTS.map((ranges) => ({
  has: (code: number) =>
    ranges.some(([first, last]) => code >= codeOf(first) && code <= codeOf(last)),
  letters: ranges.flatMap(lettersBetween),
}))

/** Typos behind so many letters leave a beginning that hardly any other word has. */
const HEAD_LETTERS = 16

/**
 * What one has to look up in an index that knows whole words and beginnings only, to find every word
 * that is one typo away. A long word has thousands of neighbours: the typos behind its head are found
 * by the head, and `isOneTypoAway` has the last word.
 */
export function neighboursOf(word: string): { words: string[]; head: string | undefined } {
  const letters = [...word]
  const isLong = letters.length > HEAD_LETTERS
  const alphabet = ALPHABETS.find(({ has }) => has(codeOf(word)))?.letters ?? []
  const found = new Set<string>()
  for (let at = 0; at <= (isLong ? HEAD_LETTERS : letters.length); at++) {
    const [before, here, next] = [letters.slice(0, at), letters[at], letters[at + 1]]
    const add = (middle: string[], from: number) =>
      found.add([...before, ...middle, ...letters.slice(from)].join(''))
    for (const letter of alphabet) add([letter], at)
    if (here === undefined || lacksLetter(word)) continue
    for (const letter of alphabet) add([letter], at + 1)
    add([], at + 1)
    if (next !== undefined) add([next, here], at + 2)
  }
  found.delete(word)
  return { words: [...found], head: isLong ? letters.slice(0, HEAD_LETTERS).join('') : undefined }
}

/** Those that are still there when a text has been folded. */
function lettersBetween([first, last]: Range): string[] {
  const length = codeOf(last) - codeOf(first) + 1
  return Array.from({ length }, (_, i) => String.fromCodePoint(codeOf(first) + i)).filter(
    (letter) => /[\p{L}\p{M}]/u.test(letter) && fold(letter) === letter,
  )
}

function codeOf(letter: string): number {
  return letter.codePointAt(0) ?? 0
}
