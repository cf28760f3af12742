import type { SearchSort } from './use-search-pane.ts'

/** What can stand behind the question mark of an address here. */
interface SearchParams {
  /** A query; present while the search is open. */
  q?: string
  sort?: SearchSort
}

const QUERY_MAX = 500

export function searchParams({ q, sort }: Record<string, unknown>): SearchParams {
  if (typeof q !== 'string') return {}
  const text = q.slice(0, QUERY_MAX)
  return sort === 'newest' ? { q: text, sort } : { q: text }
}

/** As plain text: the router's own reads `"lunch"` as a JSON string without its quotation marks. */
export function readSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function writeSearch(params: Record<string, unknown>): string {
  const given = Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}
