import { useSyncExternalStore } from 'react'
import type { Mentions } from './mentions.ts'

type Render = (text: string, mentions: Mentions) => string

/** Anything that could mean something in Markdown. Most messages have none of it. */
const MARKUP = /[*_~`>[\]\\&|@]|:\/\/|^\s*(?:[-+]|\d+[.)])\s|^ {4}|mailto:/m
const CACHED_MAX = 2_000

let render: Render | null = null
let isAsked = false
const listeners = new Set<() => void>()
const cache = new Map<string, string>()

/** Harmless HTML of a message; null: show it as plain text, because it is, or until this is loaded. */
export function useMarkdown(text: string, mentions: Mentions): string | null {
  const current = useSyncExternalStore(subscribe, () => render)
  if (!MARKUP.test(text)) return null
  load()
  return current ? cached(text, mentions, current) : null
}

function cached(text: string, mentions: Mentions, current: Render): string {
  const key = `${mentions}\n${text}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const html = current(text, mentions)
  if (cache.size >= CACHED_MAX) cache.clear()
  cache.set(key, html)
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
