/** The word at the caret that asks for suggestions. */
export interface Token {
  kind: 'mention' | 'emoji'
  /** Without its sign. */
  query: string
  /** Where the sign stands. */
  start: number
  end: number
}

const TOKEN = /(?:^|[\s([{"'])([@:])([\p{L}\p{N}._+-]*)$/u
/** A colon alone is punctuation. */
const EMOJI_QUERY_MIN = 2
const CLOSED_SHORTCODE = /(?:^|[\s([{"'])(:([a-z0-9_+-]+):)$/i

export function tokenAt(text: string, caret: number): Token | null {
  const [, sign, query = ''] = TOKEN.exec(text.slice(0, caret)) ?? []
  if (!sign || (sign === ':' && query.length < EMOJI_QUERY_MIN)) return null
  const start = caret - query.length - 1
  return { kind: sign === '@' ? 'mention' : 'emoji', query, start, end: caret }
}

/** The `:name:` that has just been closed. */
export function closedShortcode(text: string, caret: number): Token | null {
  const [, whole, query] = CLOSED_SHORTCODE.exec(text.slice(0, caret)) ?? []
  if (!whole || !query) return null
  return { kind: 'emoji', query, start: caret - whole.length, end: caret }
}
