import { type ActivityItem, EVERYONE_NAME } from '@chatapp/protocol'

/** For what a message is looked through: my name, everybody's, or my words. */
export function soughtIn(
  kind: ActivityItem['kind'],
  { username, keywords }: { username: string; keywords: readonly string[] },
): readonly string[] {
  switch (kind) {
    case 'mention':
      return [`@${username}`]
    case 'all':
      return [`@${EVERYONE_NAME}`]
    case 'keyword':
      return keywords
    case 'reply':
      return []
  }
}

/** Where they stand, in UTF-16 units, in order and without overlaps. */
export function highlightsOf(text: string, sought: readonly string[]): [number, number][] {
  const lower = text.toLowerCase()
  // Few characters are longer in lower case; then places are not those of the text.
  if (lower.length !== text.length) return []
  const found = sought.flatMap((one) => placesOf(lower, one.toLowerCase()))
  found.sort(([a], [b]) => a - b)
  return found.filter(([start], n) => n === 0 || start >= (found[n - 1]?.[1] ?? 0))
}

function placesOf(text: string, word: string): [number, number][] {
  const places: [number, number][] = []
  if (word === '') return places
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    places.push([at, at + word.length])
  return places
}
