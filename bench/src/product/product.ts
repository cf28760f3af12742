import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Address } from '../driver/client.ts'
import { type Started, startProcess } from '../machine/process.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const PROFILES = fileURLToPath(new URL('../../results', import.meta.url))

export interface Product extends AsyncDisposable {
  pid: number
  url: string
  address: Address
  directory: string
}

export interface ProductOptions {
  directory: string
  cores: string | undefined
  profile: boolean
  env?: Record<string, string>
}

/** The product as people start it, with the database in its data directory. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { directory, cores, profile, env } = options
  const started: Started = await startProcess({
    args: [...nodeArguments(profile), ...startArguments()],
    directory: ROOT,
    env: {
      PORT: '0',
      HOST: '127.0.0.1',
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
      CHATAPP_DATA_DIR: directory,
      ...env,
    },
    cores,
    ready: /ready at (http:\/\/[^\s,]+)/,
  })
  const { hostname: host, port } = new URL(started.ready)
  return {
    pid: started.pid,
    url: started.ready,
    address: { host, port: Number(port) },
    directory,
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  }
}

export const nodeArguments = (profile: boolean) =>
  profile ? ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`] : []

/** What `npm start` gives to Node.js. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8'))
  return scripts.start.split(' ').slice(1)
}
