import type { Language } from './languages.ts'
import type { Random } from './random.ts'
import { Zipf } from './zipf.ts'

/** Of a language this many words are used, the most frequent first. */
const WORDS_OF_A_LANGUAGE = 30_000
/** That of natural language. */
const EXPONENT = 1
/** A language with few syllables runs out of words; some are then there twice. */
const TRIES = 20

export interface Vocabulary {
  language: Language
  words: readonly string[]
}

export function createVocabulary(language: Language, random: Random): Vocabulary {
  const known = new Set<string>()
  const words = Array.from({ length: WORDS_OF_A_LANGUAGE }, (_, rank) => {
    // The first ones are short, as people make frequent words.
    const longest = rank < 100 ? language.syllables[0] : language.syllables[1]
    let word = makeWord(language, random, longest)
    for (let tries = 1; known.has(word) && tries < TRIES; tries++)
      word = makeWord(language, random, language.syllables[1])
    known.add(word)
    return word
  })
  return { language, words }
}

export function makeWord(language: Language, random: Random, longest: number): string {
  const length = random.between(language.syllables[0], longest)
  let word = ''
  for (let i = 0; i < length; i++) for (const part of language.syllable) word += random.pick(part)
  return word
}

const ranks = new Zipf(WORDS_OF_A_LANGUAGE, EXPONENT)

/** So many words, as one says them. */
export function drawWords({ words }: Vocabulary, random: Random, count: number): string[] {
  return Array.from({ length: count }, () => words[ranks.draw(random)] ?? '')
}
