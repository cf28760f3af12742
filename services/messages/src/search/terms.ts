/** The words of a query; each must occur in what is found. */
export function termsOf(query: string): string[] {
  return [
    ...new Set(
      query
        .normalize('NFC')
        .split(/\s+/u)
        .filter((term) => term !== ''),
    ),
  ].slice(0, TERMS_MAX)
}

const TERMS_MAX = 10

/** For LIKE: the term anywhere, with nothing in it that LIKE would read as a wildcard. */
export const patternOf = (term: string) => `%${term.replaceAll(/[\\%_]/g, '\\$&')}%`

/** Where the terms stand in the text: [start, end) in UTF-16 units, ascending, not overlapping. */
export function highlight(text: string, terms: string[]): [number, number][] {
  const alternatives = terms.map((term) => term.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const found = text.matchAll(new RegExp(alternatives.join('|'), 'giu'))
  return [...found].map((match) => [match.index, match.index + match[0].length])
}
