import type { Page } from 'playwright-core'
import type { Finding } from '../findings.ts'
import { logIn, openBrowser, signedIn } from './browser.ts'
import { framesWhile } from './frames.ts'
import { CostReader } from './page-costs.ts'
import type { WebStage } from './web-stage.ts'

const FRAMES = { atLeast: 50 }
/** Of what scrolling leaves behind: some thousand messages, and no more however far one goes. */
const HEAP_GROWTH_MB = { atMost: 32 }
const MB = 1024 * 1024
const STEP_PX = 500
/** Scrolled so often as long as everything else, so that what piles up can be seen. */
const ROUNDS = 3

/** Upwards through a conversation that nobody can have loaded as a whole. */
export async function measureScrolling(stage: WebStage): Promise<Finding[]> {
  const { seconds } = stage.options
  await using browser = await openBrowser()
  const page = await signedIn(browser, stage, `/c/${stage.rooms.long.id}`)
  await logIn(page).getByRole('article').first().waitFor()
  const costs = await CostReader.of(page)
  stage.progress.say(`Scrolling: up for ${ROUNDS * seconds} s`)
  const before = await costs.readHeap()
  const top = await topMessage(page)
  const rounds: number[] = []
  let heap = before
  for (let round = 0; round < ROUNDS; round++) {
    const frames = await framesWhile(page, () => scrollUp(page, seconds * 1000))
    rounds.push(frames.perSecond)
    heap = await costs.readHeap()
  }
  const passed = top - (await topMessage(page))
  if (!(passed > 0)) throw new Error('scrolling up leads nowhere')
  const part = 'scrolling'
  return [
    { part, what: 'frames', value: Math.min(...rounds), unit: '/s', target: FRAMES },
    { part, what: 'passed of 100,000', value: passed, unit: 'messages' },
    { part, what: 'JavaScript heap before', value: before / MB, unit: 'MB' },
    {
      part,
      what: 'heap more, after',
      value: (heap - before) / MB,
      unit: 'MB',
      target: HEAP_GROWTH_MB,
    },
  ]
}

/** As long as it takes, or until there is nothing above. */
export function scrollUp(page: Page, milliseconds: number): Promise<void> {
  return logIn(page).evaluate(
    (log, [most, step]) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const end = performance.now() + most
      let atTop = 0
      const move = () => {
        atTop = log.scrollTop === 0 ? atTop + 1 : 0
        log.scrollTop -= step
        // Nothing has come for a while: this is the beginning.
        if (performance.now() > end || atTop > 120) resolve()
        else requestAnimationFrame(move)
      }
      move()
      return promise
    },
    [milliseconds, STEP_PX] as const,
  )
}

/** The number in the text of the first message that is mounted. */
async function topMessage(page: Page): Promise<number> {
  const texts = await logIn(page).getByRole('article').allInnerTexts()
  const numbers = texts.map((text) => Number(/Message number (\d+)/.exec(text)?.[1] ?? Number.NaN))
  return Math.min(...numbers.filter((number) => number > 0))
}
