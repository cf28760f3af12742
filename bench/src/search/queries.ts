import { vocabulariesOf } from '../corpus/corpus.ts'
import { mistype } from '../corpus/needles.ts'
import { Random } from '../corpus/random.ts'
import type { Correspondents } from './correspondents.ts'
import type { Hidden, Stored } from './store-corpus.ts'

/** What people type, each kind in many versions. */
export interface Queries {
  'a common word': string[]
  'a rare word': string[]
  'a phrase': string[]
  'Chinese and Japanese': string[]
  'a typo': string[]
  'from: and in:': string[]
}
export type QueryKind = keyof Queries

const OF_A_LANGUAGE = 12
const SPACED = ['en', 'de', 'fr', 'es', 'pt', 'ru']
const DENSE = ['zh', 'ja']
/** Ranks of words: the most frequent ones, some said every day, some said a few times ever. */
const RANKS = { common: 0, usual: 500, rare: 20_000 }

export function createQueries(seed: number, people: Correspondents, { samples }: Stored): Queries {
  const vocabularies = vocabulariesOf(seed)
  const random = new Random(seed + 1)
  const wordsFrom = (codes: string[], rank: number) =>
    vocabularies
      .filter(({ language }) => codes.includes(language.code))
      .flatMap(({ words }) => words.slice(rank, rank + OF_A_LANGUAGE))
  const long = wordsFrom(SPACED, RANKS.usual).filter((word) => [...word].length >= 6)
  return {
    'a common word': wordsFrom(SPACED, RANKS.common),
    'a rare word': wordsFrom(SPACED, RANKS.rare),
    'a phrase': samples.flatMap(phraseOf),
    'Chinese and Japanese': wordsFrom(DENSE, RANKS.usual),
    'a typo': long.map((word) => mistype(word, random)),
    'from: and in:': samples.flatMap((sample) => narrow(sample, people)),
  }
}

const LETTERS = /^[\p{Script=Latin}\p{Script=Cyrillic}]+$/u

function wordsOf({ body }: Hidden): string[] {
  return body.split(/[\s.!?…]+/u).filter((word) => LETTERS.test(word))
}

function phraseOf(sample: Hidden): string[] {
  const [first, second, third] = wordsOf(sample)
  return first && second && third ? [`"${second} ${third}"`] : []
}

function narrow(sample: Hidden, { all }: Correspondents): string[] {
  const [word] = wordsOf(sample)
  const sender = all[sample.sender]
  if (!word || !sender) return []
  return [`${word} from:${sender.username} in:"Conversation ${sample.conversation + 1}"`]
}
