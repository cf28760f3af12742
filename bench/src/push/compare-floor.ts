import { fileURLToPath } from 'node:url'
import { serverCores } from '../bench.ts'
import type { Findings } from '../findings.ts'
import { startProcess } from '../machine/process.ts'
import { deviceKeys, type PushStage } from './push-stage.ts'

const BARE = fileURLToPath(new URL('../floors/bare-push.ts', import.meta.url))

/** CPU milliseconds of a push message that is only encrypted, signed and posted. */
export async function measureFloor({ bench, endpoint }: PushStage): Promise<number> {
  const { floor } = bench.scale.push
  bench.progress.say('Push: the floor')
  const { p256dh, auth } = deviceKeys
  await using bare = await startProcess({
    args: [BARE, `${endpoint.origin}/floor`, `${floor}`, p256dh, auth],
    cores: serverCores(bench),
    ready: /done with ([\d.]+) ms/,
  })
  return Number(bare.ready) / floor
}

/** What a push message costs us beside that. */
export const compareWithFloor = (cpuMsEach: number, floorMsEach: number): Findings => ({
  findings: [
    {
      part: 'push',
      what: 'CPU of one, beside encrypting, signing and posting alone',
      value: cpuMsEach / floorMsEach,
      unit: '×',
      note: `${cpuMsEach.toFixed(2)} ms against ${floorMsEach.toFixed(2)} ms; the rest is the queue and the log`,
    },
  ],
  checks: [],
  remarks: [],
})
