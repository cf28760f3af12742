import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** JSON of any shape: what was recorded is not parsed by today's schemas. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Frame = { type: string; [key: string]: Json }

export interface CallStep {
  call: string
  body: Json
  status: number
  answer: Json
}
export type Step = CallStep | { sent: Frame } | { received: Frame }

/** What went over the wire between the client and the server of an earlier version, by Alice. */
export interface Recording {
  version: number
  bob: string
  steps: Step[]
}

export function readRecording(version: number): Recording {
  const file = new URL(`wire-${version}.json`, import.meta.url)
  const recording: Recording = JSON.parse(readFileSync(file, 'utf8'))
  expect(recording.version).toBe(version)
  return recording
}

/** Ids of the recording, and which ones stand for them today. */
export class Ids {
  readonly #today = new Map<string, string>()

  learn(then: string, now: string): void {
    // Shorter texts are words, not ids.
    if (then.length >= 20) this.#today.set(then, now)
  }

  translate<T>(recorded: T): T {
    let text = JSON.stringify(recorded)
    for (const [then, now] of this.#today) text = text.replaceAll(then, now)
    return JSON.parse(text)
  }
}

/** Everything that an older client reads is still there and of its kind; more may be there. */
export function assertKeeps(then: Json, now: Json | undefined, { at, ids }: Place): void {
  if (then === null) return
  expect(kindOf(now), at).toBe(kindOf(then))
  if (typeof then === 'string' && typeof now === 'string') ids.learn(then, now)
  const isList = Array.isArray(then)
  for (const [key, value] of Object.entries(isObject(then) ? then : {})) {
    const others = isObject(now) ? now : {}
    // Of lists what both have: how many there are depends on the moment.
    if (isList && !(key in others)) continue
    assertKeeps(value, Reflect.get(others, key), { at: `${at}.${key}`, ids })
  }
}

interface Place {
  at: string
  ids: Ids
}

const isObject = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null

function kindOf(value: Json | undefined): string {
  if (Array.isArray(value)) return 'list'
  return value === null ? 'null' : typeof value
}
