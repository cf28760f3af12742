/** A stretch of a text, in UTF-16 units: [start, end). */
export type Stretch = [number, number]

/**
 * Where these stretches of a message's source are in the text that is shown of it: the same
 * occurrence of the same words. What Markdown leaves out, or shows in another order, is left out.
 */
export function findShown(source: string, stretches: Stretch[], shown: string): Stretch[] {
  return stretches.flatMap(([start, end]) => {
    const word = source.slice(start, end)
    const at = word === '' ? -1 : nthPlace(shown, word, countBefore(source, word, start))
    return at < 0 ? [] : ([[at, at + word.length]] satisfies Stretch[])
  })
}

function countBefore(text: string, word: string, end: number): number {
  let count = 0
  for (let at = text.indexOf(word); at >= 0 && at < end; at = text.indexOf(word, at + 1)) count++
  return count
}

function nthPlace(text: string, word: string, n: number): number {
  let at = text.indexOf(word)
  for (let seen = 0; seen < n && at >= 0; seen++) at = text.indexOf(word, at + 1)
  return at
}
