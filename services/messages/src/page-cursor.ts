import { invalidField } from '@chatapp/protocol'
import type { z } from 'zod'

/** Where a page ended, in a form that clients give back and need not read. */
export const writeCursor = (place: unknown) =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** The place that an earlier page named, or 400 at `cursor`. */
export function readCursor<T extends z.ZodType>(schema: T, cursor: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw invalidField('cursor', 'must be a cursor that an earlier page gave')
  }
}
