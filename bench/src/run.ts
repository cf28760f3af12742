import { makeFolder, removeFolder } from '@chatapp/dev-env'
import type { Bench } from './bench.ts'
import { type Findings, join } from './findings.ts'
import { compareDurableSends } from './floors/durable-sends.ts'
import { compareFanOut } from './floors/fan-out.ts'
import { takeCores } from './machine/cores.ts'
import { stopAll } from './machine/process.ts'
import { type Options, type Part, parts } from './options.ts'
import { connectTo, loginTo } from './product/database.ts'
import { createWorld, startPinned, type World } from './product/world.ts'
import { Progress } from './progress.ts'
import { measurePush } from './push/measure-push.ts'
import { FULL, QUICK } from './scale.ts'
import { measureSearch } from './search/measure-search.ts'
import { measureSplit } from './split/measure-split.ts'
import type { Stage } from './stage.ts'
import { measureHistory } from './workloads/history.ts'
import { measureHotRoom } from './workloads/hot-room.ts'
import { measureIdle } from './workloads/idle.ts'
import { measureManyRooms } from './workloads/many-rooms.ts'
import { measurePaced } from './workloads/paced.ts'

export interface Outcome extends Findings {
  cores: string
  seconds: number
}

const apart: Part[] = ['search', 'split', 'push']
const wholeParts = parts.filter((part) => !apart.includes(part))

/** Everything asked for, in a data directory that is removed again unless it is to be kept. */
export async function run(options: Options): Promise<Outcome> {
  const start = performance.now()
  const cores = takeCores()
  const progress = new Progress()
  const scale = options.quick ? QUICK : FULL
  const directory = options.keep ?? (await makeFolder())
  const remove = async () => {
    if (options.keep === undefined) await removeFolder(directory)
  }
  cleanUpOnSignal(remove)
  try {
    const bench = { options, scale, cores, progress, directory }
    const all: Findings[] = []
    if (asks(options, ...wholeParts)) all.push(await runWhole(bench))
    if (options.only.has('search')) all.push(await measureSearch(bench))
    if (options.only.has('split')) all.push(await measureSplit(bench))
    if (options.only.has('push')) all.push(await measurePush(bench))
    const seconds = (performance.now() - start) / 1000
    return { ...join(all), cores: cores.sentence, seconds }
  } finally {
    progress.say('Cleaning up')
    await remove()
    progress.clear()
  }
}

async function runWhole(bench: Bench): Promise<Findings> {
  const { options } = bench
  const world = await createWorld(bench)
  const all: Findings[] = []
  if (asks(options, 'A', 'B', 'D', 'floors')) all.push(await runRates(bench, world))
  if (asks(options, 'C', 'history')) all.push(await runSizes(bench, world))
  return join(all)
}

function cleanUpOnSignal(remove: () => Promise<void>): void {
  const end = () =>
    void stopAll()
      .then(remove)
      .finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
}

const asks = ({ only }: Options, ...parts: Part[]) => parts.some((part) => only.has(part))

function runRates(bench: Bench, world: World): Promise<Findings> {
  const { only } = bench.options
  return onStage(bench, world, async (stage) => {
    const all: Findings[] = []
    if (only.has('A')) all.push(await measureHotRoom(stage))
    if (only.has('B') || only.has('D')) {
      const { rate, ...found } = await measureManyRooms(stage)
      all.push(found)
      if (only.has('D')) all.push(await measurePaced(stage, rate / 2))
    }
    if (only.has('floors')) {
      all.push(await compareDurableSends(stage))
      all.push(await compareFanOut(stage))
    }
    return join(all)
  })
}

/** On a process that has done nothing yet: garbage of earlier work would count as memory. */
function runSizes(bench: Bench, world: World): Promise<Findings> {
  const { only } = bench.options
  return onStage(bench, world, async (stage) => {
    const all: Findings[] = []
    if (only.has('C')) all.push(await measureIdle(stage))
    if (only.has('history')) all.push(await measureHistory(stage))
    return join(all)
  })
}

async function onStage<T>(
  bench: Bench,
  world: World,
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  bench.progress.say('Starting ChatApp')
  const product = await startPinned(bench)
  const sql = connectTo(await loginTo(bench.directory))
  try {
    return await work({ bench, world, product, sql })
  } finally {
    await sql.end({ timeout: 1 })
    await product[Symbol.asyncDispose]()
  }
}
