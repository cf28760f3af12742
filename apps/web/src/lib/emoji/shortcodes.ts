import url from 'emojibase-data/en/shortcodes/github.json?url'
import { emojiOf } from './emoji-data.ts'

export interface Shortcode {
  name: string
  emoji: string
}

let loading: Promise<Shortcode[]> | null = null

/** `:tada:` and the others, as people know them from elsewhere. Fetched with the first colon. */
export function loadShortcodes(): Promise<Shortcode[]> {
  loading ??= load().catch(() => {
    // Offline with an empty cache: the next colon tries again.
    loading = null
    return []
  })
  return loading
}

/** Those that begin with it before those that contain it, short ones first. */
export function findShortcodes(all: Shortcode[], query: string, most: number): Shortcode[] {
  const wanted = query.toLowerCase()
  const rank = ({ name }: Shortcode) => (name.startsWith(wanted) ? 0 : 100) + name.length
  return all
    .filter(({ name }) => name.includes(wanted))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most)
}

async function load(): Promise<Shortcode[]> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`shortcodes: ${response.status}`)
  // Out of our own build.
  const names = (await response.json()) as Record<string, string | string[]>
  return Object.entries(names).flatMap(([hexcode, own]) =>
    [own].flat().map((name) => ({ name, emoji: emojiOf(hexcode) })),
  )
}
