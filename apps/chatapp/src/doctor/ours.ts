import { z } from 'zod'
import type { Address } from '../start/port.ts'

const healthSchema = z.object({ status: z.literal('ok') })
const ANSWERS_WITHIN_MS = 2_000

/** Whether a ChatApp listens there already. */
export async function isOurs({ host, port }: Address): Promise<boolean> {
  const name = ['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host
  try {
    const answer = await fetch(
      `http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`,
      {
        signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      },
    )
    return healthSchema.safeParse(await answer.json()).success
  } catch {
    return false
  }
}
