import type { Bench } from '../bench.ts'
import type { Finding, Findings } from '../findings.ts'
import { openFilesMax } from '../machine/proc.ts'
import { median, percentile } from '../statistics.ts'
import { keepPace, recordDelays } from '../workloads/paced.ts'
import { compareShapes } from './compare-shapes.ts'
import { compareGateways } from './gateway-costs.ts'
import { startSplit, startWhole, sumOf, untilCalm } from './site.ts'
import { SpreadRooms } from './spread-rooms.ts'
import { makeStorm } from './storm.ts'
import { settleIn, type Town } from './town.ts'

/** Files that are open besides the sockets. */
const OTHER_FILES = 500
/** Eight processes compile what they do often, each for itself. */
const WARM_UP_S = 10
/** What one second does to all, another program or a checkpoint, must not be all that is seen. */
const PACED_WINDOWS = 3
const WITHIN_STORM_S = 30
const MB = 1_000_000

/** The services as processes of their own, beside all of them in one, in turn. */
export async function measureSplit(bench: Bench): Promise<Findings> {
  const pair = await measurePair(bench)
  const many = await measureMany(bench)
  const faults = pair.faults + many.faults
  return {
    findings: [...pair.findings, ...many.findings],
    checks: [
      {
        part: 'split',
        what: 'nothing lost, doubled, out of order or refused',
        isMet: faults === 0,
        found: `rooms with faults: ${faults}`,
      },
    ],
    remarks: pair.remarks,
  }
}

/** Two gateways and two of each service; beside them, one process. */
async function measurePair(bench: Bench): Promise<Measured & { remarks: string[] }> {
  bench.progress.say('split: starting one process')
  await using whole = await startWhole(bench)
  bench.progress.say('split: starting the services with two gateways')
  await using split = await startSplit(bench, 2)
  bench.progress.say('split: registering people twice')
  const towns = { whole: await settleIn(whole, bench), split: await settleIn(split, bench) }
  const shapes = await compareShapes(towns, bench)
  bench.progress.say('split: until what was put off is done')
  await untilCalm(split)
  const storm = await measureStorm(towns.split, bench)
  await untilCalm(split)
  split.useAllCores()
  const paced = await measurePaced(towns.split, bench, shapes.sendsPerSecond / 2)
  return {
    findings: [...shapes.findings, ...paced.findings, ...storm.findings],
    faults: shapes.faults + paced.faults,
    remarks: storm.remarks,
  }
}

async function measureMany(bench: Bench): Promise<Measured> {
  const { gateways } = bench.scale.split
  bench.progress.say(`split: starting the services with ${gateways} gateways`)
  await using split = await startSplit(bench, gateways)
  return await compareGateways(await settleIn(split, bench), bench)
}

interface Measured {
  findings: Finding[]
  faults: number
}

/**
 * Sender at the first gateway, the one whose clock is read at the second. On one core a message would
 * wait at each of its five stations for the turn of the others.
 */
async function measurePaced(
  { site, rooms }: Town,
  { options, progress }: Bench,
  rate: number,
): Promise<Measured> {
  progress.say(`split: ${Math.round(rate)} sends/s across two gateways`)
  using live = await SpreadRooms.open({ site, rooms, gateways: 2, publishers: 1 })
  const pace = keepPace(live.publishers, rate)
  await live.sample(WARM_UP_S)
  const windows: PacedWindow[] = []
  while (windows.length < PACED_WINDOWS) {
    const delays = recordDelays(live.farMembers)
    const { acks, seconds } = await live.sample(options.seconds)
    windows.push({ delays: Float64Array.from(delays), rate: acks / seconds })
  }
  clearInterval(pace)
  const faults = await live.finish()
  return {
    findings: [toDelay(windows, 50), { ...toDelay(windows, 99), target: { atMost: 80 } }],
    faults,
  }
}

interface PacedWindow {
  /** From send to deliver, in milliseconds. */
  delays: Float64Array
  /** Acknowledged sends per second. */
  rate: number
}

/** Of the middle window, as every rate is of the middle round. */
function toDelay(windows: PacedWindow[], percent: number): Finding {
  const found = windows.map(({ delays }) => percentile(delays, percent / 100))
  const rate = median(windows.map((one) => one.rate))
  return {
    part: 'split',
    what: `from send to deliver across two gateways, p${percent}`,
    value: median(found),
    unit: 'ms',
    note: `at ${Math.round(rate)} sends/s, half of what the core can do for ever; window by window ${found.map((one) => one.toFixed(1)).join(', ')} ms`,
  }
}

async function measureStorm({ site, hall }: Town, { scale, progress }: Bench) {
  const files = openFilesMax()
  const sockets = scale.split.stormSockets
  if (sockets + OTHER_FILES > files)
    return { findings: [], remarks: [`the storm was left out: only ${files} files may be open`] }
  progress.say(`split: ${sockets} sockets come back at once`)
  const storm = await makeStorm(site, hall, sockets)
  const { seconds, retries, bytesBefore, bytesPeak, cpu } = storm
  const share = ((100 * cpu.users) / seconds).toFixed(1)
  const findings: Finding[] = [
    {
      part: 'split',
      what: `storm: ${sockets.toLocaleString('en')} sockets are back and know what they missed`,
      value: seconds,
      unit: 's',
      target: { atMost: WITHIN_STORM_S },
      note: `${retries} tries again; users took ${share} % of a core (no password is hashed), messages ${Math.round((100 * cpu.messages) / seconds)} %, gateways ${Math.round((100 * sumOf(cpu.gateways, (one) => one)) / seconds)} %, PostgreSQL ${Math.round((100 * cpu.database) / seconds)} %`,
    },
    {
      part: 'split',
      what: 'storm: memory of all gateways at its peak beside before',
      value: bytesPeak / bytesBefore,
      unit: '×',
      note: `${Math.round(bytesBefore / MB)} MB with all connected before, ${Math.round(bytesPeak / MB)} MB at the peak`,
    },
  ]
  return { findings, remarks: [] }
}
