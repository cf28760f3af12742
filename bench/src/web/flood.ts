import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openSocket } from '@chatapp/sdk'
import type { Page } from 'playwright-core'
import type { Finding } from '../findings.ts'
import type { Person } from '../product/people.ts'
import { logIn, openBrowser, signedIn } from './browser.ts'
import { framesWhile } from './frames.ts'
import { CostReader } from './page-costs.ts'
import type { WebStage } from './web-stage.ts'

const PER_SECOND = 200
const TICK_MS = 20
const STILL_MS = 2_000
const FRAMES = { atLeast: 50 }
const RESULTS = fileURLToPath(new URL('../../results', import.meta.url))

/** Others write into the conversation that is open, faster than anybody reads. */
export async function measureFlood(stage: WebStage): Promise<Finding[]> {
  const { seconds } = stage.options
  await using browser = await openBrowser()
  const page = await signedIn(browser, stage, `/c/${stage.rooms.flood.id}`)
  await logIn(page).waitFor()
  const costs = await CostReader.of(page)
  stage.progress.say('Flood: warming up')
  await pour(page, stage, 2)
  const still = await framesWhile(page, () => page.waitForTimeout(STILL_MS))
  stage.progress.say(`Flood: ${PER_SECOND} messages/s for ${seconds} s`)
  const before = await costs.read()
  let sent = 0
  const flood = async () => {
    sent = await pour(page, stage, seconds)
  }
  const frames = await framesWhile(page, async () => {
    if (!stage.options.profile) return flood()
    const profile = await costs.profile(flood)
    await mkdir(RESULTS, { recursive: true })
    await writeFile(`${RESULTS}/flood.cpuprofile`, profile)
  })
  const after = await costs.read()
  const perMessage = (key: 'scriptMs' | 'layoutMs' | 'styleMs' | 'taskMs') => ({
    value: (after[key] - before[key]) / sent,
    unit: 'ms',
  })
  const part = 'flood'
  return [
    { part, what: 'frames while nothing happens', value: still.perSecond, unit: '/s' },
    { part, what: 'frames', value: frames.perSecond, unit: '/s', target: FRAMES },
    { part, what: 'longest frame', value: frames.longestMs, unit: 'ms' },
    { part, what: 'work per message: all', ...perMessage('taskMs') },
    { part, what: 'work per message: script', ...perMessage('scriptMs') },
    { part, what: 'work per message: layout', ...perMessage('layoutMs') },
    { part, what: 'work per message: style', ...perMessage('styleMs') },
  ]
}

/** Resolves to how many were sent, when the page shows the last of them. */
async function pour(page: Page, { url, others, rooms }: WebStage, seconds: number) {
  const conversationId = rooms.flood.id
  const sockets = others.map(({ token }: Person) =>
    openSocket({ url, credential: { accessToken: token }, onFrame: () => {} }),
  )
  const total = PER_SECOND * seconds
  const mark = `${Math.random().toString(36).slice(2)} `
  let sent = 0
  const start = performance.now()
  while (sent < total) {
    const due = Math.min(total, ((performance.now() - start) / 1000) * PER_SECOND)
    for (; sent < due; sent++) {
      const socket = sockets[sent % sockets.length]
      const data = textOf(mark, sent)
      const clientId = `${mark}${sent}`
      if (!socket?.send({ type: 'message', conversationId, clientId, data })) break
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  await logIn(page)
    .getByText(`${mark}${total - 1} `)
    .waitFor()
  await Promise.all(sockets.map((socket) => socket.close()))
  return sent
}

/** As people write: mostly short, some with marks, some of several lines. */
function textOf(mark: string, number: number): string {
  const name = `${mark}${number} `
  if (number % 10 === 3) return `${name}with **some** \`marks\` and https://example.com/a`
  if (number % 10 === 7) return `${name}${'and goes on for a while '.repeat(8)}`
  return `${name}a short text`
}
