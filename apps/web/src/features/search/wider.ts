import type { SearchQuery } from '@chatapp/protocol'

const SHOWN_MAX = 4

/** Queries that ask for less than one that found nothing: without conditions, one word at a time. */
export function widerQueries(text: string, { wanted, filters }: SearchQuery): string[] {
  const written = wanted.map(({ place }) => text.slice(place.start, place.end))
  const words = wanted.flatMap((one) => one.text.split(/\s+/)).filter((word) => word !== '')
  const candidates = [
    ...(filters.length > 0 ? [written.join(' ')] : []),
    ...(wanted.some(({ kind }) => kind === 'phrase') ? [words.join(' ')] : []),
    ...(words.length > 1 ? [...words].sort((a, b) => b.length - a.length) : []),
  ]
  const others = candidates.filter((query) => query !== '' && query !== text.trim())
  return [...new Set(others)].slice(0, SHOWN_MAX)
}
