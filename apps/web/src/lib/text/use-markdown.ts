import { useSyncExternalStore } from 'react'

type Render = (text: string) => string

/** Anything that could mean something in Markdown. Most messages have none of it. */
const MARKUP = /[*_~`>[\]\\&|@]|:\/\/|^\s*(?:[-+]|\d+[.)])\s|^ {4}|mailto:/m
const CACHED_MAX = 2_000

let render: Render | null = null
let isAsked = false
const listeners = new Set<() => void>()
const cache = new Map<string, string>()

/** Harmless HTML of a message; null: show it as plain text, because it is, or until this is loaded. */
export function useMarkdown(text: string): string | null {
  const current = useSyncExternalStore(subscribe, () => render)
  if (!MARKUP.test(text)) return null
  load()
  return current ? cached(text, current) : null
}

function cached(text: string, current: Render): string {
  const known = cache.get(text)
  if (known !== undefined) return known
  const html = current(text)
  if (cache.size >= CACHED_MAX) cache.clear()
  cache.set(text, html)
  return html
}

/** A fifth of all our script, so it comes apart, right after the first screen. */
function load(): void {
  if (isAsked) return
  isAsked = true
  import('./markdown.ts').then(
    ({ renderMarkdown }) => {
      render = renderMarkdown
      for (const listener of [...listeners]) listener()
    },
    () => {
      isAsked = false
    },
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
