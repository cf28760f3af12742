/** In shorter words one letter more or less makes another word. */
const LETTERS_MIN = 5

/** Words of letters alone; a letter may have been left out. */
export const mayHaveTypo = (typed: string) =>
  lengthOf(typed) >= LETTERS_MIN - 1 && /^[\p{L}\p{M}]+$/u.test(typed)

/** So short that only a word with one letter more can be meant. */
export const lacksLetter = (typed: string) => lengthOf(typed) < LETTERS_MIN

/** Whether the word of a text may be what was meant. */
export function isMistyped(word: string, typed: string): boolean {
  return !(lacksLetter(typed) && lacksLetter(word)) && isOneTypoAway(word, typed)
}

const lengthOf = (word: string) => [...word].length

/**
 * Whether one letter more, less or other, or two neighbours changed round, make one word the other
 * (the restricted Damerau-Levenshtein distance is at most 1).
 */
export function isOneTypoAway(one: string, other: string): boolean {
  const [a, b] = one.length <= other.length ? [one, other] : [other, one]
  if (b.length - a.length > 2) return false
  const [shorter, longer] = [[...a], [...b]]
  if (longer.length - shorter.length > 1) return false
  let at = 0
  while (at < shorter.length && shorter[at] === longer[at]) at++
  const restOf = (letters: string[], from: number) => letters.slice(from).join('')
  if (shorter.length < longer.length) return restOf(shorter, at) === restOf(longer, at + 1)
  if (restOf(shorter, at + 1) === restOf(longer, at + 1)) return true
  const isSwapped = shorter[at] === longer[at + 1] && shorter[at + 1] === longer[at]
  return isSwapped && restOf(shorter, at + 2) === restOf(longer, at + 2)
}
