import { create } from 'zustand'

/** A message that was opened from what a search has found. */
export interface Found {
  messageId: string
  position: number
  /** Where in its text, in UTF-16 units. */
  highlights: [number, number][]
}

interface Searches {
  /** What was searched for last, for going on with it. */
  last: string
  /** Newest first. */
  recent: string[]
  found: Found | null
  /** Counts the wishes, so that the same place can be shown once more. */
  shown: number
  /** Counts the wishes to write in the field. */
  called: number
}

const KEY = 'chatapp.searches'
const RECENT_MAX = 8

/** What was searched for on this device. */
export const useSearches = create<Searches>(() => ({
  ...{ last: '', recent: keptSearches(), found: null, shown: 0, called: 0 },
}))

export function rememberSearch(query: string): void {
  const text = query.trim()
  if (text === '') return
  const others = useSearches.getState().recent.filter((other) => other !== text)
  keepSearches([text, ...others].slice(0, RECENT_MAX))
}

export function removeSearch(query: string): void {
  keepSearches(useSearches.getState().recent.filter((other) => other !== query))
}

/** The next person at this device has nothing to do with it. */
export function forgetSearches(): void {
  keepSearches([])
  useSearches.setState({ last: '', found: null })
}

/** Its words are marked in the conversation, until something else is opened. */
export function showFound(found: Found): void {
  useSearches.setState(({ shown }) => ({ found, shown: shown + 1 }))
}

function keepSearches(recent: string[]): void {
  useSearches.setState({ recent })
  localStorage.setItem(KEY, JSON.stringify(recent))
}

function keptSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    // Not written by this page.
    return []
  }
}
