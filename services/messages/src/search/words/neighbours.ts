/** The letters that a script is typed with, in the form that searches compare. */
const ALPHABETS: [first: number, last: number][] = [
  [0x61, 0x7a], // Latin
  [0x3b1, 0x3c9], // Greek
  [0x430, 0x44f], // Cyrillic
  [0x561, 0x586], // Armenian
  [0x5d0, 0x5ea], // Hebrew
  [0x621, 0x64a], // Arabic
  [0x905, 0x94d], // Devanagari
  [0x10d0, 0x10f0], // Georgian
]
/** A longer word has thousands of neighbours, and hardly a typo that nobody sees. */
const LETTERS_MAX = 24

/** Every word that is one typo away, for an index that can look up whole words only. */
export function neighboursOf(word: string): string[] {
  const letters = [...word]
  if (letters.length > LETTERS_MAX) return []
  const alphabet = alphabetOf(word)
  const found = new Set<string>()
  for (let at = 0; at <= letters.length; at++) {
    const [before, here, next] = [letters.slice(0, at), letters[at], letters[at + 1]]
    const add = (middle: string[], from: number) =>
      found.add([...before, ...middle, ...letters.slice(from)].join(''))
    for (const letter of alphabet) add([letter], at)
    if (here === undefined) continue
    for (const letter of alphabet) add([letter], at + 1)
    add([], at + 1)
    if (next !== undefined) add([next, here], at + 2)
  }
  found.delete(word)
  return [...found]
}

function alphabetOf(word: string): string[] {
  const code = word.codePointAt(0) ?? 0
  const range = ALPHABETS.find(([first, last]) => code >= first && code <= last)
  if (!range) return []
  const [first, last] = range
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i))
}
