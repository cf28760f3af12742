import { makeCluster, markerOf, resetPassword } from './cluster.ts'
import { EmbeddedPostgresError } from './error.ts'
import { clearRemains, stopPostmaster } from './postmaster.ts'
import { isWrongPassword, prepareRoles } from './roles.ts'
import type { Secrets } from './secrets.ts'
import { findServer, launchServer, type Server } from './server.ts'
import type { Settings } from './settings.ts'
import type { Site } from './site.ts'
import { isAnswering, removeSocket } from './socket.ts'

interface Plan {
  secrets: Secrets
  roles: string[]
  settings: Settings
}

/** Takes over the server that an earlier ChatApp left behind, or launches one. */
export async function bringUp(
  site: Site,
  plan: Plan,
): Promise<{ server: Server; adopted: boolean }> {
  await makeCluster(site, plan.secrets.superuser)
  const marker = await markerOf(site.folders.data)
  const orphan = await findServer(site, marker)
  if (orphan && (await refusalOf(site, orphan, plan)) === undefined) {
    return { server: orphan, adopted: true }
  }
  return { server: await launchPrepared(site, marker, plan), adopted: false }
}

async function launchPrepared(site: Site, marker: string, plan: Plan): Promise<Server> {
  const first = await launch(site, marker, plan)
  const refusal = await refusalOf(site, first, plan)
  if (refusal === undefined) return first
  if (!isWrongPassword(refusal)) throw refusal
  await resetPassword(site, plan.secrets.superuser)
  const second = await launch(site, marker, plan)
  const lastRefusal = await refusalOf(site, second, plan)
  if (lastRefusal !== undefined) throw lastRefusal
  return second
}

/** Why the server cannot be used, after it was stopped for that; undefined when all is well. */
async function refusalOf(_site: Site, server: Server, { secrets, roles }: Plan): Promise<unknown> {
  try {
    await prepareRoles(server.socketFolder, secrets, roles)
    return undefined
  } catch (error) {
    await stopPostmaster(server.pid, server.marker)
    return error
  }
}

async function launch(site: Site, marker: string, { settings }: Plan): Promise<Server> {
  const { socketFolder, folders } = site
  await clearRemains(folders.data, marker)
  if (await isAnswering(socketFolder)) {
    // A server that answers and is not in our process table runs in another container.
    throw new EmbeddedPostgresError(
      `Another ChatApp, perhaps in another container, is using ${folders.directory}; stop it or set CHATAPP_DATA_DIR to another directory.`,
    )
  }
  await removeSocket(socketFolder)
  return launchServer(site, marker, settings)
}
