import { expect } from 'vitest'
import { z } from 'zod'
import type { Json, Recording } from '../../src/recording/recording.ts'
import { isPlaceholder } from '../../src/recording/shape.ts'

/** Ids of a recording, and what stands for them today. */
export class Ids {
  readonly #today = new Map<string, string>()

  learn(then: string, now: string): void {
    if (isPlaceholder(then) && !this.#today.has(then)) this.#today.set(then, now)
  }

  translate<T>(recorded: T): T {
    let text = JSON.stringify(recorded)
    for (const [then, now] of this.#today) text = text.replaceAll(then, now)
    return JSON.parse(text)
  }
}

interface Place {
  at: string
  ids: Ids
}

/** Everything that the other version reads is there and of its kind; more may be there. */
export function assertKeeps(then: Json, now: Json | undefined, { at, ids }: Place): void {
  if (then === null) return
  expect(kindOf(now), at).toBe(kindOf(then))
  if (typeof then === 'string' && typeof now === 'string') ids.learn(then, now)
  const isList = Array.isArray(then)
  for (const [key, value] of Object.entries(isObject(then) ? then : {})) {
    // What has an id for a name is there for that id alone.
    const others = isObject(now) && !isPlaceholder(key) ? now : {}
    // Of lists what both have: how many there are depends on the moment.
    if (isPlaceholder(key) || (isList && !(key in others))) continue
    assertKeeps(value, Reflect.get(others, key), { at: `${at}.${key}`, ids })
  }
}

const isObject = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null

function kindOf(value: Json | undefined): string {
  if (Array.isArray(value)) return 'list'
  return value === null ? 'null' : typeof value
}

const NAMED = '#/$defs/'

/** Takes and refuses what the code of the recording does; undefined: it does not know this. */
export function findParser({ taken }: Recording, name: string): z.ZodType | undefined {
  const schema = taken.get(name)
  const named = [...taken].filter(([other]) => other.startsWith(NAMED))
  const $defs = Object.fromEntries(named.map(([other, part]) => [other.slice(NAMED.length), part]))
  return schema && z.fromJSONSchema({ ...schema, $defs })
}

export function getParser(recording: Recording, name: string): z.ZodType {
  const parser = findParser(recording, name)
  if (!parser) throw new Error(`version ${recording.version} does not know "${name}"`)
  return parser
}

export function assertTaken(parser: z.ZodType, value: unknown): void {
  const { success, error } = parser.safeParse(value)
  if (!success) expect.fail(`${error.message} in ${JSON.stringify(value).slice(0, 500)}`)
}
