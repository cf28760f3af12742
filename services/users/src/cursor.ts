import { invalidField } from '@chatapp/protocol'

export interface Page<T> {
  items: T[]
  next: string | null
}

/** The key an earlier page ended with, or undefined at the first page. */
export function decodeCursor(cursor: string | undefined, form: RegExp): string | undefined {
  if (cursor === undefined) return undefined
  const key = Buffer.from(cursor, 'base64url').toString()
  if (!form.test(key) || encodeCursor(key) !== cursor) {
    throw invalidField('cursor', 'must be a cursor that an earlier page gave')
  }
  return key
}

/** Cuts a page off rows that were asked for one more than it holds. */
export function cutPage<T>(rows: readonly T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && rows.length > limit ? encodeCursor(keyOf(last)) : null }
}

/** Where to go on, opaque to clients. */
const encodeCursor = (key: string) => Buffer.from(key).toString('base64url')
