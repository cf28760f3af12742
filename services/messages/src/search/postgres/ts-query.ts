import { neighboursOf } from '../words/neighbours.ts'
import type { Lookup, Plan } from '../words/plan.ts'

/** The plan in the language of `tsquery`, every token quoted; undefined when it wants nothing at all. */
export function tsQueryOf({ all, none }: Plan): string | undefined {
  const clauses = [
    ...all.map((alternatives) => anyOf(alternatives.map((lookups) => allOf(lookups.map(look))))),
    ...none.map((token) => `!${quote(token)}`),
  ]
  return all.length === 0 ? undefined : allOf(clauses)
}

function look({ token, how }: Lookup): string {
  switch (how) {
    case 'exact':
      return quote(token)
    case 'prefix':
      return `${quote(token)}:*`
    case 'typo':
      return lookMistyped(token)
  }
}

function lookMistyped(token: string): string {
  const { words, head } = neighboursOf(token)
  const begun = head === undefined ? [] : [`${quote(head)}:*`]
  return anyOf([...[token, ...words].map(quote), ...begun])
}

const anyOf = (parts: string[]) => `(${parts.join('|')})`
const allOf = (parts: string[]) => `(${parts.join('&')})`

/** As a lexeme is written in a `tsquery` or `tsvector`. */
export const quote = (token: string) => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
