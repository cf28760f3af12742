/** As long as a query may be, and short enough for an index entry whatever NFKC makes of a letter. */
const KEY_MAX = 64

/** One form for all ways to write a name: "ＡＮＮ  Lee", "Ann Lee" and "ann lee" are the same. */
export function toNameKey(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
  return [...folded].slice(0, KEY_MAX).join('')
}

/** What a person is found by: their names, and the display name from each later word on. */
export function nameKeys(username: string, displayName: string): string[] {
  const words = displayName.split(/\s+/)
  const beginnings = words.map((_, i) => words.slice(i).join(' '))
  return [...new Set([username, ...beginnings].map(toNameKey))].filter((key) => key !== '')
}
