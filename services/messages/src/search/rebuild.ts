import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { restWhileSending } from '../repeat.ts'
import { documentsOf } from './document.ts'
import { BEFORE_ALL, type Mark, readBehind } from './log-reader.ts'
import { DOCUMENT_FORM } from './postgres/form.ts'
import { storeDocuments } from './postgres/store.ts'

const MESSAGES_A_STEP = 2_000
/** What is sent meanwhile waits for a step to end. */
const MESSAGES_WHILE_SENDING = 500
/** Half of the time is for others. */
const REST = 1
const TRY_AGAIN_MS = 5_000

interface Surroundings {
  isSending: () => boolean
  signal: AbortSignal
}

interface BuildRow extends Mark {
  is_done: boolean
}

/**
 * Takes in what was said before the index was there, or in the form of an earlier version, from
 * where the last try ended. New messages come in by the outbox meanwhile.
 */
export async function buildIndex(
  context: Context,
  { isSending, signal }: Surroundings,
): Promise<void> {
  while (!context.search.isComplete && !signal.aborted) {
    const startedAt = performance.now()
    const messages = isSending() ? MESSAGES_WHILE_SENDING : MESSAGES_A_STEP
    const step = await buildStep(context, messages).catch((error) => {
      context.log.warn({ err: error }, 'the search index could not be built on')
      return 'later' as const
    })
    context.search.isComplete = step === 'done'
    const worked = performance.now() - startedAt
    const rest = isSending() ? restWhileSending(worked) : worked * REST
    const pause = step === 'later' ? TRY_AGAIN_MS : rest
    if (step !== 'done') await sleep(pause, undefined, { signal }).catch(() => {})
  }
}

/** `later`: another process is at it. */
async function buildStep(context: Context, messages: number): Promise<'done' | 'more' | 'later'> {
  return context.indexing.begin(async (trx) => {
    await trx`
      insert into messages.search_builds (tokens_version, conversation_id, position)
      values (${DOCUMENT_FORM}, ${BEFORE_ALL.conversation_id}, ${BEFORE_ALL.position})
      on conflict do nothing`
    const [build] = await trx<BuildRow[]>`
      select * from messages.search_builds where tokens_version = ${DOCUMENT_FORM}
      for update skip locked`
    if (!build) return 'later'
    if (build.is_done) return 'done'
    const rows = await readBehind(trx, build, messages)
    const documents = await documentsOf(rows.filter((row) => row.kind === 'text'))
    await storeDocuments(context, trx, documents)
    const last = rows.at(-1)
    await trx`
      update messages.search_builds
      set conversation_id = ${last?.conversation_id ?? build.conversation_id},
        position = ${last?.position ?? build.position}, is_done = ${rows.length < messages}
      where tokens_version = ${DOCUMENT_FORM}`
    return rows.length < messages ? 'done' : 'more'
  })
}
