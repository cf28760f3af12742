import { isContinuousIntegration, type SearchEngine, whyNoSearchServer } from '@chatapp/dev-env'
import type { TextMessage } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import { expect } from 'vitest'
import type { EngineConfig } from '../../src/search/engine/config.ts'
import type { Person } from '../boot.ts'

/** Undefined where the engines must be there, or can be. */
const reason = isContinuousIntegration() ? undefined : whyNoSearchServer()
if (reason) console.log(`Search engines are not tried: ${reason}.`)

export const cannotRun = (engine: SearchEngine | undefined) =>
  engine !== undefined && reason !== undefined

/** A server of Java on a busy machine. */
export const START_WITHIN_MS = 300_000

/** Indexes of one's own in a server that others may use as well. */
export const engineAt = (url: string): EngineConfig => ({
  nodes: [url],
  apiKey: undefined,
  ca: undefined,
  index: `messages-${createId()}`,
  shards: 2,
})

export interface Found {
  items: { message: TextMessage; highlights: [number, number][] }[]
  next: string | null
  degraded: boolean
}

export async function look(person: Person, query: Record<string, string>): Promise<Found> {
  const path = `/api/messages/search?${new URLSearchParams(query)}`
  const { status, body } = await person.call<Found>('GET', path)
  expect(status).toBe(200)
  return body
}

/** All pages: on a busy machine one may end before it is full. */
export async function lookThrough(person: Person, query: Record<string, string>): Promise<Found> {
  const found = await look(person, query)
  while (found.next !== null) {
    const { items, next, degraded } = await look(person, { ...query, cursor: found.next })
    found.items.push(...items)
    found.next = next
    found.degraded ||= degraded
  }
  return found
}
