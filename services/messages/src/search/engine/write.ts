import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@opensearch-project/opensearch'
import { z } from 'zod'
import type { SearchDocument } from '../document.ts'
import type { Refusal } from '../refusals.ts'
import { statusOf } from './client.ts'
import { idOf, writeAliasOf } from './form.ts'
import { wellFormed } from './query.ts'

/** A document for an index. */
export interface Entry {
  index: string
  document: SearchDocument
}

interface WriteOptions {
  signal: AbortSignal
  /** `searchable`: only once searches find it. */
  until: 'stored' | 'searchable'
}

const ENTRIES_A_REQUEST = 1_000
/** So few wait for the refresh that comes by itself within a second; for more one is asked for. */
const ENTRIES_AWAITED_MAX = 200
const TRIES = 5
const FIRST_PAUSE_MS = 100
const TOO_LARGE = 413
const MALFORMED = 400
const CONFLICT = 409
const GONE = 404
const isBusy = (status: number) => status === 429 || status >= 500

/** The index is not there any more. */
class IndexLost extends Error {
  override name = 'IndexLost'
}

/** The engine has too much to do. */
class EngineBusy extends Error {
  override name = 'EngineBusy'
}

/** Writes all of them, or throws; what the engine will never take is given back. */
export async function writeEntries(
  client: Client,
  entries: Entry[],
  options: WriteOptions,
): Promise<Refusal[]> {
  // To wait for the next refresh after every request would be a request a second.
  const isMany = entries.length > ENTRIES_AWAITED_MAX
  const each: WriteOptions = isMany ? { ...options, until: 'stored' } : options
  const refusals: Refusal[] = []
  for (let from = 0; from < entries.length; from += ENTRIES_A_REQUEST) {
    const part = entries.slice(from, from + ENTRIES_A_REQUEST)
    refusals.push(...(await writePatiently(client, part, each)))
  }
  if (isMany && options.until === 'searchable') await refresh(client, entries)
  return refusals
}

async function refresh(client: Client, entries: Entry[]): Promise<void> {
  const aliases = new Set(entries.map(({ index }) => writeAliasOf(index)))
  await client.indices.refresh({ index: [...aliases] })
}

/** Only what the engine was too busy for is tried again. */
async function writePatiently(
  client: Client,
  entries: Entry[],
  options: WriteOptions,
): Promise<Refusal[]> {
  const refusals: Refusal[] = []
  let left = entries
  for (let tries = 1; left.length > 0; tries++) {
    const { busy, refused } = await writeOnce(client, left, options)
    refusals.push(...refused)
    if (busy.length > 0 && tries === TRIES) throw new EngineBusy(`${busy.length} were not taken`)
    if (busy.length > 0) await pause(tries, options.signal)
    left = busy
  }
  return refusals
}

/** Doubled with every try; by chance up to half as long again, so that not all come at once. */
const pause = (tries: number, signal: AbortSignal) =>
  sleep(FIRST_PAUSE_MS * 2 ** (tries - 1) * (1 + Math.random() / 2), undefined, { signal })

interface Written {
  busy: Entry[]
  refused: Refusal[]
}

async function writeOnce(
  client: Client,
  entries: Entry[],
  options: WriteOptions,
): Promise<Written> {
  try {
    const answer = await client.bulk({
      body: entries.flatMap(linesOf),
      require_alias: true,
      ...(options.until === 'searchable' && { refresh: 'wait_for' as const }),
    })
    return readAnswer(entries, answer.body)
  } catch (error) {
    const status = statusOf(error)
    if (status === TOO_LARGE || status === MALFORMED) return halve(client, entries, options)
    if (status !== undefined && isBusy(status)) return { busy: entries, refused: [] }
    throw error
  }
}

/** Which of them the whole request was refused for shows by asking in smaller parts. */
async function halve(client: Client, entries: Entry[], options: WriteOptions): Promise<Written> {
  const [only] = entries
  if (only && entries.length === 1)
    return { busy: [], refused: [{ document: only.document, reason: 'the request was refused' }] }
  const middle = Math.ceil(entries.length / 2)
  const first = await writeOnce(client, entries.slice(0, middle), options)
  const second = await writeOnce(client, entries.slice(middle), options)
  return {
    busy: [...first.busy, ...second.busy],
    refused: [...first.refused, ...second.refused],
  }
}

/** Of two writers the one with the later version of the message has the last word. */
function linesOf({ index, document }: Entry): Record<string, unknown>[] {
  const { conversationId, position, version, sentAt, tokens } = document
  return [
    {
      index: {
        _index: writeAliasOf(index),
        _id: idOf(conversationId, position),
        routing: conversationId,
        version,
        version_type: 'external_gte',
      },
    },
    {
      conversationId,
      position,
      version,
      sentAt: sentAt.getTime(),
      tokens: tokens.map(wellFormed),
    },
  ]
}

const answerSchema = z.object({
  items: z.array(
    z.object({
      index: z.object({
        status: z.int(),
        error: z.object({ type: z.string(), reason: z.string().nullish() }).optional(),
      }),
    }),
  ),
})

function readAnswer(entries: Entry[], body: unknown): Written {
  const { items } = answerSchema.parse(body)
  const written: Written = { busy: [], refused: [] }
  for (const [i, entry] of entries.entries()) {
    const { status, error } = items[i]?.index ?? { status: 500 }
    if (status < 300 || status === CONFLICT) continue
    if (status === GONE) throw new IndexLost(entry.index)
    if (isBusy(status)) written.busy.push(entry)
    else written.refused.push({ document: entry.document, reason: error?.reason ?? 'refused' })
  }
  return written
}
