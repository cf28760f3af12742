import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createGateway, type Gateway, type GatewayOptions, serveDocuments } from '@chatapp/gateway'
import type { Config } from '../config.ts'
import { VERSION } from '../version.ts'
import type { Closers } from './closers.ts'

/** Leaves a part of the grace period to the pools and the database. */
const DRAIN_WITHIN_MS = 7_000

type Surroundings = Omit<GatewayOptions, 'config' | 'webRoot' | 'documents'>

/** The gateway with the web client and the docs page; its sockets are drained before anything closes. */
export async function openGateway(
  { gateway: config }: Config,
  surroundings: Surroundings,
  closers: Closers,
): Promise<Gateway> {
  const created = createGateway({
    ...surroundings,
    config,
    ...webRoot(),
    documents: (app) =>
      serveDocuments(app, {
        version: VERSION,
        ...(config.publicUrl && { serverUrl: config.publicUrl }),
      }),
  })
  const gateway = closers.add('the gateway', await created)
  closers.defer('the sockets', () => gateway.drain(AbortSignal.timeout(DRAIN_WITHIN_MS)))
  return gateway
}

/** The web client, where it has been built. */
function webRoot(): { webRoot?: string } {
  const folder = fileURLToPath(new URL('../../../web/dist', import.meta.url))
  return existsSync(folder) ? { webRoot: folder } : {}
}
