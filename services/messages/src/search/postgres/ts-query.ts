import type { PlainLookup, PlainPlan } from '../words/plan.ts'

/** The plan in the language of `tsquery`, every token quoted; undefined when it wants nothing at all. */
export function tsQueryOf({ all, none }: PlainPlan): string | undefined {
  const clauses = [
    ...all.map((alternatives) => anyOf(alternatives.map((lookups) => allOf(lookups.map(look))))),
    ...none.map((token) => `!${quote(token)}`),
  ]
  return all.length === 0 ? undefined : allOf(clauses)
}

const look = ({ token, how }: PlainLookup) =>
  how === 'prefix' ? `${quote(token)}:*` : quote(token)

const anyOf = (parts: string[]) => `(${parts.join('|')})`
const allOf = (parts: string[]) => `(${parts.join('&')})`

/** As a lexeme is written in a `tsquery` or `tsvector`. */
export const quote = (token: string) => `'${token.replaceAll(/['\\]/g, '$&$&')}'`
