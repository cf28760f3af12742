import { Caller } from '../driver/caller.ts'
import type { Finding, Findings } from '../findings.ts'
import type { Room } from '../product/rooms.ts'
import type { Stage } from '../stage.ts'
import { median } from '../statistics.ts'
import { fillArchive } from './archive.ts'

const PAGE = 50
const kinds = ['newest page', 'deep page', 'conversation list'] as const
type Kind = (typeof kinds)[number]
type Times = Record<Kind, number[]>

/** What a page of history and the list cost where there are few messages and where there are many. */
export async function measureHistory(stage: Stage): Promise<Findings> {
  const { scale, progress } = stage.bench
  const [short, long] = scale.historyMessages
  const { archives } = stage.world
  const store = { sql: stage.sql, progress }
  await fillArchive(store, archives[0], short)
  await fillArchive(store, archives[1], long)
  progress.say('History: bringing statistics up to date')
  await stage.sql`vacuum analyze messages.messages`
  await stage.sql`vacuum analyze messages.conversations, messages.participants`
  progress.say(`History: reading ${scale.historyCalls} times of each kind`)
  const times = await readBoth(stage)
  return {
    findings: kinds.flatMap((kind) => toFindings(kind, times, scale)),
    checks: [],
    remarks: [],
  }
}

/** Short and long in turn, so that both meet the same moods of the machine. */
async function readBoth(stage: Stage): Promise<[short: Times, long: Times]> {
  const { historyCalls, historyMessages } = stage.bench.scale
  using caller = new Caller(stage.product.url)
  const times = [emptyTimes(), emptyTimes()] as const
  for (let call = -Math.ceil(historyCalls / 10); call < historyCalls; call++) {
    for (const kind of kinds) {
      for (const i of [0, 1] as const) {
        const path = pathOf(kind, stage.world.archives[i], historyMessages[i])
        const { took } = await caller.get(path, tokenOf(stage.world.archives[i]))
        // The first calls only warm up.
        if (call >= 0) times[i][kind].push(took)
      }
    }
  }
  return [times[0], times[1]]
}

const emptyTimes = (): Times => ({ 'newest page': [], 'deep page': [], 'conversation list': [] })
const tokenOf = ({ members }: Room) => members[1]?.token ?? ''

function pathOf(kind: Kind, { id }: Room, messages: number): string {
  if (kind === 'conversation list') return '/api/conversations'
  const deep = PAGE + Math.ceil(Math.random() * (messages - PAGE))
  return `/api/messages/${id}?limit=${PAGE}${kind === 'deep page' ? `&before=${deep}` : ''}`
}

function toFindings(
  kind: Kind,
  [short, long]: [Times, Times],
  { historyMessages }: Stage['bench']['scale'],
): Finding[] {
  const figures = [median(short[kind]), median(long[kind])] as const
  const name = kind === 'conversation list' ? kind : `history, ${kind} of ${PAGE}`
  const [few, many] = historyMessages.map((count) => count.toLocaleString('en'))
  return [
    {
      part: 'history',
      what: `${name}: p50 at ${many} messages`,
      value: figures[1],
      unit: 'ms',
      note: `${figures[0].toFixed(2)} ms at ${few}`,
    },
    {
      part: 'history',
      what: `${name}: ${many} beside ${few}`,
      value: figures[1] / figures[0],
      unit: '×',
      ...(kind !== 'conversation list' && { target: { atMost: 1.5 } }),
    },
  ]
}
