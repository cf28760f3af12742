import { setTimeout as sleep } from 'node:timers/promises'

/** Many wait for whoever asks: a service that takes longer is as good as away. */
const WAIT_MAX_MS = 1_000

/** Undefined when there was no answer in time; the question may still be answered later. */
export type Ask = <T>(question: () => Promise<T>) => Promise<T | undefined>

/**
 * Waits a short time for an answer. After one that failed or came late nobody waits at all, and one
 * question at a time is put, until the service answers again.
 */
export function createPatience(onSilence: (error: unknown) => void): Ask {
  let state: 'answering' | 'silent' = 'answering'
  let underWay = 0

  const fallSilent = (error: unknown): void => {
    if (state === 'answering') onSilence(error)
    state = 'silent'
  }
  async function put<T>(question: () => Promise<T>): Promise<T | undefined> {
    underWay++
    try {
      const answer = await question()
      state = 'answering'
      return answer
    } catch (error) {
      fallSilent(error)
      return undefined
    } finally {
      underWay--
    }
  }
  return async (question) => {
    if (state === 'answering') return inTime(put(question), fallSilent)
    if (underWay === 0) void put(question)
    return undefined
  }
}

async function inTime<T>(
  answer: Promise<T>,
  onLate: (error: Error) => void,
): Promise<T | undefined> {
  const answered = new AbortController()
  const late = sleep(WAIT_MAX_MS, undefined, { signal: answered.signal }).then(
    () => onLate(new Error(`no answer within ${WAIT_MAX_MS} ms`)),
    () => {},
  )
  try {
    return (await Promise.race([answer, late])) ?? undefined
  } finally {
    answered.abort()
  }
}
