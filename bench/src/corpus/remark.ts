import type { Random } from './random.ts'
import { drawWords, makeWord, type Vocabulary } from './vocabulary.ts'

const EMOJI = [...'😀😂👍🎉🙏🔥😢🤔🚀✅👀💡🥳☕🐛']
const SHARE = { emoji: 0.08, link: 0.04, email: 0.01, code: 0.05 }

export interface Words {
  main: Vocabulary
  /** For names in links and code. */
  latin: Vocabulary
}

/** What somebody says: words of a language, and now and then a link, an address, code or an emoji. */
export function makeRemark(words: Words, random: Random): string {
  const { gap, ends } = words.main.language
  // Many are short and a few are long.
  const count = 1 + Math.floor(2 + 14 * random.next() ** 2.5)
  const said = drawWords(words.main, random, count).join(gap)
  const extras = [
    ...(random.happens(SHARE.link) ? [makeLink(words, random)] : []),
    ...(random.happens(SHARE.email) ? [makeEmail(words, random)] : []),
    ...(random.happens(SHARE.code) ? [makeName(words, random)] : []),
    ...(random.happens(SHARE.emoji) ? [random.pick(EMOJI)] : []),
  ]
  return [said + random.pick(ends), ...extras].join(' ')
}

function makeLink({ latin }: Words, random: Random): string {
  const [host = '', path = ''] = plain(drawWords(latin, random, 2))
  return `https://${host}.example/${path}/${random.below(10_000)}`
}

function makeEmail({ latin }: Words, random: Random): string {
  const [name = '', host = ''] = plain(drawWords(latin, random, 2))
  return `${name}.${random.below(100)}@${host}.example`
}

function makeName({ latin }: Words, random: Random): string {
  const names = plain(drawWords(latin, random, random.between(2, 3)))
  if (random.happens(0.3)) return `${names.join('_')}()`
  if (random.happens(0.3)) return `src/${names.join('-')}.ts`
  return names.map((name, i) => (i === 0 ? name : capitalise(name))).join('')
}

const DIGITS = 4

/** Around letters that no word of the language has; another number makes another word. */
export function makeMarkedWord({ language }: Vocabulary, random: Random, number: number): string {
  const [starts = [], vowels = []] = language.syllable
  const digits = starts.filter((start) => start !== '')
  const vowel = vowels.find((one) => one !== '') ?? ''
  let written = ''
  for (let i = 0, rest = number; i < DIGITS; i++, rest = Math.floor(rest / digits.length))
    written += (digits[rest % digits.length] ?? '') + vowel
  return makeWord(language, random, language.syllables[0]) + language.mark + written
}

export const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const plain = (words: string[]) => words.map((word) => word.toLowerCase())
