const COLOURS = [
  'bg-person-1',
  'bg-person-2',
  'bg-person-3',
  'bg-person-4',
  'bg-person-5',
  'bg-person-6',
]

/** One and the same colour for an id, on every device. */
export function colourOf(id: string): string {
  let hash = 0
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return COLOURS[hash % COLOURS.length] ?? ''
}

/** Making one takes longer than all else about a row of the timeline. */
const segmenter = new Intl.Segmenter()
/** More than two of the longest signs; nobody sees the rest. */
const LOOKED_AT_MAX = 64

/** The first letters of the first and the last word, or the first two of a single one. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  const letters = words.length > 1 ? [graphemes(first)[0], graphemes(last)[0]] : graphemes(first)
  return letters.slice(0, 2).join('').toLocaleUpperCase()
}

function graphemes(word: string): string[] {
  return [...segmenter.segment(word.slice(0, LOOKED_AT_MAX))].map(({ segment }) => segment)
}
