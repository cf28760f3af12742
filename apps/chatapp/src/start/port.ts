import { once } from 'node:events'
import { createServer } from 'node:net'
import { StartError } from '@chatapp/service-kit'

export interface Address {
  host: string
  port: number
}

/** Before anything slow is started: the answer is better known now than after the database is up. */
export async function refuseBusyPort(address: Address): Promise<void> {
  const probe = createServer().listen({ ...address, exclusive: true })
  try {
    await once(probe, 'listening')
  } catch (error) {
    throw explainListenError(error, address)
  }
  probe.close()
  await once(probe, 'close')
}

/** The sentence for an address that can't be listened at; other errors are passed on as they are. */
export function explainListenError(error: unknown, address: Address): unknown {
  const sentence = SENTENCES[String((error as NodeJS.ErrnoException | null)?.code)]
  return sentence ? new StartError(sentence(address), { cause: error }) : error
}

const noAddress = ({ host }: Address) =>
  `HOST ${host} is not an address of this machine; use 0.0.0.0 for all of them`

const SENTENCES: Record<string, (address: Address) => string> = {
  EADDRINUSE: ({ port }) =>
    `Port ${port} is in use by another program; stop that or set PORT to another port`,
  EACCES: ({ port }) => `This user may not listen at port ${port}; set PORT to 1024 or above`,
  EADDRNOTAVAIL: noAddress,
  ENOTFOUND: noAddress,
  EAI_AGAIN: noAddress,
}
