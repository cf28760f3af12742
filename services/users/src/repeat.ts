import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '@chatapp/service-kit'

interface Repeated {
  name: string
  everyMs: number
  log: Logger
  signal: AbortSignal
  run: () => Promise<void>
}

/** Runs at once and then again and again, until the signal; a failure is told and tried again. */
export async function repeat({ name, everyMs, log, signal, run }: Repeated): Promise<void> {
  while (!signal.aborted) {
    await run().catch((error) => log.warn({ err: error }, `${name} failed`))
    await wait(everyMs, undefined, { signal }).catch(() => {})
  }
}
