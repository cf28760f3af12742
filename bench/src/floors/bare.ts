import { fileURLToPath } from 'node:url'
import type { Address } from '../driver/client.ts'
import { startProcess } from '../machine/process.ts'

const SCRIPT = fileURLToPath(new URL('./bare-server.ts', import.meta.url))

export interface BareServer extends AsyncDisposable {
  pid: number
  address: Address
}

interface BareOptions {
  cores: string | undefined
  framesPerTurn: number
  frameBytes: number
}

/** A `ws` server that does nothing but pass frames on, in a process of its own. */
export async function startBareServer(options: BareOptions): Promise<BareServer> {
  const { cores, framesPerTurn, frameBytes } = options
  const args = [SCRIPT, String(framesPerTurn), String(frameBytes)]
  const started = await startProcess({ args, cores, ready: /listening at (\d+)\n/ })
  return {
    pid: started.pid,
    address: { host: '127.0.0.1', port: Number(started.ready) },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  }
}
