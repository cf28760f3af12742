import { setTimeout as sleep } from 'node:timers/promises'
import { type Bench, serverCores } from '../bench.ts'
import type { Address } from '../driver/client.ts'
import { Fleet } from '../driver/fleet.ts'
import type { Finding, Findings } from '../findings.ts'
import { startBareServer } from '../floors/bare.ts'
import { openFilesMax, proportionalBytes, residentBytes } from '../machine/proc.ts'
import { databaseProcesses } from '../product/database.ts'
import type { Stage } from '../stage.ts'

/** Files that are open besides the sockets. */
const OTHER_FILES = 200
const KB = 1000

interface Server {
  name: string
  pid: number
  address: Address
  tokens: string[]
  database: () => number[]
}

/** C: what one more connected, authenticated and silent socket costs a server that has just begun. */
export async function measureIdle({ bench, world, product }: Stage): Promise<Findings> {
  const { scale, options, progress } = bench
  const files = openFilesMax()
  const counts = scale.idleSockets.filter((count) => count + OTHER_FILES <= files)
  const remarks = scale.idleSockets
    .filter((count) => !counts.includes(count))
    .map((count) => `C with ${count} sockets was left out: only ${files} files may be open`)
  const tokens = world.people.slice(0, scale.idlePeople).map((person) => person.token)
  const database = () => databaseProcesses(product.directory)
  const ours = await measureServer({ name: 'ChatApp', ...product, tokens, database }, bench, counts)
  const findings = ours.map((figures): Finding => toFinding(figures))
  if (options.only.has('floors')) {
    const bare = await startBareServer({
      cores: serverCores(bench),
      framesPerTurn: 1,
      frameBytes: 9,
    })
    try {
      const server = { name: 'a bare ws server', ...bare, tokens: [''], database: () => [] }
      progress.say('C idle: the bare ws server')
      const floor = await measureServer(server, bench, counts)
      findings.push(...floor.map((figures, i) => toFloor(figures, ours[i])))
    } finally {
      await bare[Symbol.asyncDispose]()
    }
  }
  return { findings, checks: [], remarks }
}

interface Figures {
  count: number
  perSocket: number
  withDatabase: number
}

async function measureServer(server: Server, bench: Bench, counts: number[]): Promise<Figures[]> {
  const fleet = new Fleet(server.address)
  const figures: Figures[] = []
  const settle = () => sleep(bench.scale.settleSeconds * 1000)
  try {
    await settle()
    const before = memoryOf(server)
    for (const count of counts) {
      bench.progress.say(`C idle: ${count} sockets of ${server.name}`)
      await fleet.open(tokensFor(server, fleet.clients.length, count))
      await settle()
      fleet.assertHappy()
      const now = memoryOf(server)
      figures.push({
        count,
        perSocket: (now.node - before.node) / count,
        withDatabase: (now.all - before.all) / count,
      })
    }
  } finally {
    fleet.close()
  }
  return figures
}

/** People in turn, each with about as many sockets as the others. */
const tokensFor = ({ tokens }: Server, from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => tokens[(from + i) % tokens.length] ?? '')

function memoryOf({ pid, database }: Server): { node: number; all: number } {
  const node = residentBytes(pid)
  return { node, all: database().reduce((sum, each) => sum + proportionalBytes(each), node) }
}

function toFinding({ count, perSocket, withDatabase }: Figures): Finding {
  return {
    part: 'C',
    what: `idle: memory of each of ${count.toLocaleString('en')} sockets`,
    value: perSocket / KB,
    unit: 'KB',
    target: { atMost: 12 },
    note: `${(withDatabase / KB).toFixed(1)} KB with PostgreSQL, whose connections opened meanwhile`,
  }
}

function toFloor({ count, perSocket }: Figures, ours: Figures | undefined): Finding {
  return {
    part: 'C',
    what: `floor: the same of a bare ws server, ${count.toLocaleString('en')} sockets`,
    value: perSocket / KB,
    unit: 'KB',
    note: `ChatApp is at ${((ours?.perSocket ?? 0) / perSocket).toFixed(2)} × of it`,
  }
}
