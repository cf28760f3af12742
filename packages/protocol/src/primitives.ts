import { z } from 'zod'
import { MESSAGE_TEXT_MAX, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, POSITION_MAX } from './limits.ts'

const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/
const CONTROL_OR_OVERRIDE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u

/** Id of a user, conversation or session; those made by ChatApp are UUIDv7. */
export const idSchema = z
  .string('must be a UUID')
  .regex(UUID, 'must be a UUID')
  .toLowerCase()
  .meta({ format: 'uuid' })
/** Opaque: it names one message for good. */
export const messageIdSchema = z.string().min(1).max(64).describe('Opaque id of a message.')
/** RFC 3339, UTC, milliseconds. */
export const timeSchema = z.iso.datetime({
  precision: 3,
  message: 'must be a time like 2026-01-31T12:00:00.000Z',
})
/** Any RFC 3339 time; answered in UTC with milliseconds. */
export const timeInputSchema = z.iso
  .datetime({ offset: true, message: 'must be an RFC 3339 time' })
  .refine((text) => !text.startsWith('0000'), 'must be an RFC 3339 time after the year 0')

/** An IANA time zone such as `Europe/Berlin`. */
export const timeZoneSchema = z
  .string('must be a time zone')
  .max(64, 'must be a time zone such as Europe/Berlin')
  .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

const wholeNumber = (least: number) =>
  z
    .int(`must be a whole number from ${least} to ${POSITION_MAX}`)
    .min(least, `must be at least ${least}`)
    .max(POSITION_MAX, `must be at most ${POSITION_MAX}`)
export const positionSchema = wholeNumber(1).describe(
  'Place of the message in its conversation: 1, 2, 3 … without gaps.',
)
export const versionSchema = wholeNumber(1).describe(
  'Number of the change in its conversation: every change takes the next one.',
)
/** 0 means "from the beginning". */
export const cursorSchema = wholeNumber(0)

/** A whole number in a query string. */
export function queryNumber(least: number) {
  const message = `must be a whole number from ${least} to ${POSITION_MAX}`
  return z
    .string(message)
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine((n) => n >= least && n <= POSITION_MAX, message)
    .meta({ type: 'integer', minimum: least, maximum: POSITION_MAX })
}

export const pageQuery = {
  limit: z
    .string('must be a whole number from 1')
    .regex(/^0*[1-9]\d{0,15}$/, 'must be a whole number from 1')
    .transform((digits) => Math.min(Number(digits), PAGE_LIMIT_MAX))
    .default(PAGE_LIMIT_DEFAULT)
    .meta({
      type: 'integer',
      minimum: 1,
      description: `How many; ${PAGE_LIMIT_DEFAULT} when left out, and never more than ${PAGE_LIMIT_MAX}.`,
    }),
  cursor: z
    .string('must be a cursor that an earlier page gave')
    .max(200)
    .optional()
    .describe('`next` of the page before; left out for the first page.'),
}

export const codePoints = (text: string) => [...text].length

const isTooLong = (text: string, most: number) =>
  text.length > most && (text.length > 2 * most || codePoints(text) > most)

/** One line of text as a person sees it: no control characters, nothing that turns its direction. */
export function lineSchema(most: number) {
  return z
    .string(`must be text of 1 to ${most} characters`)
    .refine((s) => s.trim() !== '', 'must not be blank')
    .refine((s) => !isTooLong(s, most), `must be at most ${most} characters`)
    .refine((s) => s.isWellFormed(), 'must not contain lone surrogates')
    .refine((s) => !CONTROL_OR_OVERRIDE.test(s), 'must not contain control or direction characters')
    .meta({ minLength: 1, maxLength: most })
}

/** The text of a message: 1 to 10,000 code points, kept exactly as sent. */
export const messageTextSchema = z
  .string(`must be text of 1 to ${MESSAGE_TEXT_MAX} characters`)
  .refine((s) => !isTooLong(s, MESSAGE_TEXT_MAX), `must be at most ${MESSAGE_TEXT_MAX} characters`)
  .refine((s) => s.trim() !== '', 'must not be empty or blank')
  .refine((s) => !s.includes('\0'), 'must not contain U+0000')
  .refine((s) => s.isWellFormed(), 'must not contain lone surrogates')
  .meta({ minLength: 1, maxLength: MESSAGE_TEXT_MAX })

/** What somebody has written and not sent; kept exactly, also when it is blank. */
export const draftTextSchema = z
  .string(`must be text of up to ${MESSAGE_TEXT_MAX} characters`)
  .refine((s) => !isTooLong(s, MESSAGE_TEXT_MAX), `must be at most ${MESSAGE_TEXT_MAX} characters`)
  .refine((s) => !s.includes('\0'), 'must not contain U+0000')
  .refine((s) => s.isWellFormed(), 'must not contain lone surrogates')
  .meta({ maxLength: MESSAGE_TEXT_MAX })

/** The sender's own id of one send, kept on every retry: 1 to 64 printable characters. */
export const clientIdSchema = z
  .string('must be 1 to 64 printable characters')
  .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,64}$/u, 'must be 1 to 64 printable characters')
  .describe(
    'The sender’s own id of this send, the same on every retry: 1 to 64 printable characters.',
  )

/** One emoji, as it is shown. */
export const emojiSchema = z
  .string()
  .refine(
    (s) => /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?)$/v.test(s),
    'must be one emoji',
  )
  .meta({ description: 'One emoji as it is shown, percent-encoded in a path.' })

/** A body or an answer that is not JSON. */
export const bytesSchema = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length > 0,
  'must not be empty',
)

/** A keyset page: ask again with `cursor=next` until `next` is null. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() })
