import { shareTestServer } from './config.ts'
import { makeFolder, removeAbandonedFolders, removeFolder } from './folders.ts'
import { startTestServer } from './test-server.ts'

/** One PostgreSQL server for the whole run; every product gets databases of its own on it. */
export default async function setup(): Promise<() => Promise<void>> {
  await removeAbandonedFolders()
  const folder = await makeFolder()
  const server = await startTestServer(folder)
  shareTestServer(server)
  return async () => {
    await server.stop()
    await removeFolder(folder)
  }
}
