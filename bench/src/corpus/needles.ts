import type { Random } from './random.ts'
import { capitalise, makeMarkedWord, makeRemark, type Words } from './remark.ts'
import { drawWords } from './vocabulary.ts'

export const needleKinds = [
  'word',
  'beginning',
  'typo',
  'phrase',
  'dense',
  'identifier',
  'part of a name',
  'link',
  'e-mail',
  'emoji',
] as const
export type NeedleKind = (typeof needleKinds)[number]

/** Something that only one message has, and what one types to find it. */
export interface Needle {
  kind: NeedleKind
  query: string
  body: string
}

interface Made {
  query: string
  hidden: string
}

type Make = (words: Words, random: Random, number: number) => Made

/** Each kind is hidden as often as any other. */
export function makeNeedle(words: Words, random: Random, number: number): Needle {
  const { gap, writtenIn } = words.main.language
  const kinds = KINDS[writtenIn]
  const kind = kinds[number % kinds.length] ?? 'word'
  const { query, hidden } = makers[kind](words, random, number)
  const before = makeRemark(words, random)
  return {
    kind,
    query,
    body: `${before} ${hidden}${gap === '' ? '' : ' '}${makeRemark(words, random)}`,
  }
}

const OF_WORDS: readonly NeedleKind[] = ['word', 'beginning', 'typo', 'phrase']
const KINDS = {
  letters: needleKinds.filter((kind) => kind !== 'dense'),
  signs: needleKinds.filter((kind) => !OF_WORDS.includes(kind)),
}

const makers: Record<NeedleKind, Make> = {
  word: (words, random, number) => {
    const word = makeMarkedWord(words.main, random, number)
    return { query: `"${word}"`, hidden: random.happens(0.5) ? word : word.toUpperCase() }
  },
  beginning: (words, random, number) => {
    const word = makeMarkedWord(words.main, random, number)
    return { query: word, hidden: word + drawWords(words.main, random, 1).join('') }
  },
  typo: (words, random, number) => {
    const word = makeMarkedWord(words.main, random, number)
    return { query: mistype(word, random), hidden: word }
  },
  phrase: (words, random, number) => {
    const drawn = drawWords(words.main, random, 2)
    const phrase = [drawn[0], makeMarkedWord(words.main, random, number), drawn[1]].join(' ')
    return { query: `"${phrase}"`, hidden: phrase }
  },
  dense: (words, random, number) => {
    const word = makeMarkedWord(words.main, random, number)
    return { query: word, hidden: word }
  },
  identifier: (words, random, number) => {
    const [verb = ''] = drawWords(words.latin, random, 1)
    const name = `${verb}${capitalise(makeMarkedWord(words.latin, random, number))}Count`
    return { query: name, hidden: `${name}()` }
  },
  'part of a name': (words, random, number) => {
    const [verb = ''] = drawWords(words.latin, random, 1)
    const part = makeMarkedWord(words.latin, random, number)
    return { query: part, hidden: `${verb}_${part}_total` }
  },
  link: (words, random, number) => {
    const host = makeMarkedWord(words.latin, random, number)
    const link = `https://${host}.example/${drawWords(words.latin, random, 1).join('')}?page=${number}`
    return { query: link, hidden: link }
  },
  'e-mail': (words, random, number) => {
    const address = `${drawWords(words.latin, random, 1).join('')}@${makeMarkedWord(words.latin, random, number)}.example`
    return { query: address, hidden: address }
  },
  // Three of them in a row: single ones are not rare.
  emoji: (_, random, number) => {
    const row = [number % 60, Math.floor(number / 60) % 60, random.below(60)]
    const emoji = row.map((n) => String.fromCodePoint(FIRST_ANIMAL + n)).join('')
    return { query: `"${emoji}"`, hidden: emoji }
  },
}

const FIRST_ANIMAL = 0x1f400

/** One letter more, less or other, or two neighbours changed round; the first one stays. */
export function mistype(word: string, random: Random): string {
  const letters = [...word]
  const at = random.between(1, letters.length - 2)
  const [here = '', next = ''] = letters.slice(at, at + 2)
  const other = random.pick(letters)
  const middles = [[here, other, next], [next], [other, next], [next, here]]
  const mistyped = [...letters.slice(0, at), ...random.pick(middles), ...letters.slice(at + 2)]
  return mistyped.join('') === word ? mistype(word, random) : mistyped.join('')
}
