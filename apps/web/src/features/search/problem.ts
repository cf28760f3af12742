import { ChatError, cutSearch, type Place, type SearchProblem } from '@chatapp/protocol'
import type { useTranslation } from 'react-i18next'

type T = ReturnType<typeof useTranslation<'searchProblems'>>['t']

/** What is wrong with the query, in the reader's language, and where. */
export interface Problem {
  text: string
  place: Place
}

export function problemOf(problem: SearchProblem, query: string, t: T): Problem {
  const operator = cutSearch(query).find(({ place }) => isWithin(problem.place, place))?.key ?? ''
  return { text: t(problem.kind, { operator }), place: problem.place }
}

/** What only the server can tell: who and what is not there. Null when it is about something else. */
export function refusalOf(error: unknown, query: string, t: T): Problem | null {
  const message = complaintOf(error)
  if (message === undefined) return null
  const at = Number(/\(at (\d+)\)$/.exec(message)?.[1] ?? 1) - 1
  const piece = cutSearch(query).find(({ place }) => place.start <= at && at < place.end)
  const place = piece?.place ?? { start: 0, end: query.length }
  const name = piece?.value ?? query
  if (piece?.key === 'from') return { text: t('nobody', { name }), place }
  if (piece?.key === 'in') return { text: t('nowhere', { name }), place }
  return { text: t('no-word', { name }), place }
}

/** Such an error is shown in the query. */
export function isAboutQuery(error: unknown): boolean {
  return complaintOf(error) !== undefined
}

function complaintOf(error: unknown): string | undefined {
  if (!(error instanceof ChatError) || error.code !== 'invalid') return undefined
  return error.errors?.find(({ path }) => path === 'q')?.message
}

function isWithin(inner: Place, outer: Place): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
