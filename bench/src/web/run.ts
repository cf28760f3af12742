import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { makeFolder, removeFolder } from '@chatapp/dev-env'
import type { Finding } from '../findings.ts'
import { stopAll } from '../machine/process.ts'
import { connectTo, type Login, loginTo } from '../product/database.ts'
import { registerPeople } from '../product/people.ts'
import { startProduct } from '../product/product.ts'
import { createRoom } from '../product/rooms.ts'
import { Progress } from '../progress.ts'
import { fillArchive } from '../workloads/archive.ts'
import { CHROMIUM } from './browser.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureFlood } from './flood.ts'
import { measureScrolling } from './scrolling.ts'
import { measureTyping } from './typing.ts'
import type { WebOptions, WebStage } from './web-stage.ts'

const LONG = 100_000
const MIDDLING = 10_000
const DIST = fileURLToPath(new URL('../../../apps/web/dist/index.html', import.meta.url))

/** What one sees of the product, in a browser without a window. */
export async function run(options: WebOptions): Promise<Finding[]> {
  if (!existsSync(CHROMIUM)) throw new Error(`There is no ${CHROMIUM}: install it with apt-get.`)
  if (!existsSync(DIST)) throw new Error('Build the web client first: npm run build:web.')
  const directory = await makeFolder()
  const progress = new Progress()
  try {
    progress.say('Starting ChatApp with an empty database')
    await using product = await startProduct({ directory, cores: undefined, profile: false })
    const stage = await createStage({ url: product.url, directory, progress, options })
    const findings: Finding[] = []
    if (options.only.has('first-load')) findings.push(...(await measureFirstLoad(stage)))
    if (options.only.has('flood')) findings.push(...(await measureFlood(stage)))
    if (options.only.has('scrolling')) findings.push(...(await measureScrolling(stage)))
    if (options.only.has('typing')) findings.push(...(await measureTyping(stage)))
    return findings
  } finally {
    await stopAll()
    await removeFolder(directory)
    progress.clear()
  }
}

type Start = Pick<WebStage, 'url' | 'progress' | 'options'> & { directory: string }

async function createStage({ directory, ...start }: Start): Promise<WebStage> {
  const { url, progress, options } = start
  progress.say('Registering people and filling their rooms')
  const people = await registerPeople(url, 5)
  const [reader, ...others] = people
  if (!reader) throw new Error('nobody was registered')
  const room = async (title: string) => ({ id: await createRoom(title, people), members: people })
  const rooms = {
    flood: await room('Flood'),
    long: await room('Long'),
    middling: await room('Middling'),
  }
  if ([...options.only].some((part) => part !== 'flood')) {
    await fillRooms(await loginTo(directory), rooms, progress)
    for (const { id } of [rooms.long, rooms.middling]) {
      const { lastPosition } = await reader.client.conversations.get(id)
      await reader.client.messages.advance(id, { read: lastPosition })
    }
  }
  return { ...start, reader, others, rooms }
}

async function fillRooms(login: Login, rooms: WebStage['rooms'], progress: Progress) {
  const sql = connectTo(login)
  try {
    await fillArchive({ sql, progress }, rooms.long, LONG)
    await fillArchive({ sql, progress }, rooms.middling, MIDDLING)
    await sql`vacuum analyze messages.messages`
  } finally {
    await sql.end({ timeout: 1 })
  }
}
