import { toFieldErrors } from '@chatapp/protocol'
import { z } from 'zod'

/** The process was started wrongly; the message is one sentence for the person who started it. */
export class StartError extends Error {
  override name = 'StartError'
}

export type Environment = Record<string, string | undefined>

/** Parses the variables a part needs; an empty variable counts as unset. */
export function readEnvironment<T extends z.ZodObject>(schema: T, env: Environment): z.output<T> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  )
  const result = schema.safeParse(given)
  if (result.success) return result.data
  throw new StartError(
    toFieldErrors(result.error)
      .map((e) => `${e.path} ${e.message}`)
      .join('; '),
  )
}

export const onOff = (byDefault: 'on' | 'off') =>
  z
    .enum(['on', 'off'], 'must be on or off')
    .default(byDefault)
    .transform((value) => value === 'on')

export const portVariable = (byDefault: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
    .default(byDefault)

export const countVariable = ({ min, max }: { min: number; max: number }, byDefault: number) => {
  const sentence = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .refine((count) => count >= min && count <= max, sentence)
    .default(byDefault)
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, min: 60_000 }

/** In milliseconds; `off` is null. */
export const durationVariable = (byDefault: string) =>
  z
    .string()
    .regex(/^(off|[1-9]\d{0,5}(ms|s|min))$/, 'must be a time such as 500ms, 15s or 2min, or off')
    .default(byDefault)
    .transform((text) =>
      text === 'off' ? null : Number.parseInt(text, 10) * (UNIT_MS[text.replace(/\d+/, '')] ?? 1),
    )

export const urlVariable = (protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)),
      `must be a URL that begins with ${protocols.map((p) => `${p}://`).join(' or ')}`,
    )
