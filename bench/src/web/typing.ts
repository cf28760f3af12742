import type { Finding } from '../findings.ts'
import { percentile } from '../statistics.ts'
import { composerIn, logIn, openBrowser, signedIn } from './browser.ts'
import { scrollUp } from './scrolling.ts'
import type { WebStage } from './web-stage.ts'

const KEYS = 200
const PAUSE_MS = 25
const LIMIT_MS = { atMost: 16 }
const LOADING_MS = 60_000
/** Frames as soon as they are ready: to wait for the screen's beat is no work of ours. */
const NO_BEAT = ['--disable-gpu-vsync', '--disable-frame-rate-limit']

/** From a key to the frame after it, beside as many messages as the client ever keeps loaded. */
export async function measureTyping(stage: WebStage): Promise<Finding[]> {
  await using browser = await openBrowser(NO_BEAT)
  const page = await signedIn(browser, stage, `/c/${stage.rooms.middling.id}`)
  await logIn(page).getByRole('article').first().waitFor()
  stage.progress.say('Typing: scrolling through 10,000 messages')
  await scrollUp(page, LOADING_MS)
  stage.progress.say(`Typing: ${KEYS} keys`)
  await composerIn(page).focus()
  const times = await page.evaluateHandle(() => {
    const all: number[] = []
    const { port1, port2 } = new MessageChannel()
    let pressed = 0
    port1.onmessage = () => all.push(performance.now() - pressed)
    const onKey = (event: KeyboardEvent) => {
      pressed = event.timeStamp
      // A message comes after the frame has been painted.
      requestAnimationFrame(() => port2.postMessage(null))
    }
    addEventListener('keydown', onKey, { capture: true })
    return all
  })
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press(key % 6 === 5 ? ' ' : 'a')
    await page.waitForTimeout(PAUSE_MS)
  }
  const written = (await composerIn(page).inputValue()).length
  if (written !== KEYS) throw new Error(`${KEYS} keys were pressed and ${written} are there`)
  const all = await times.jsonValue()
  const part = 'typing'
  return [
    { part, what: 'key to paint, p50', value: percentile(all, 0.5), unit: 'ms' },
    { part, what: 'key to paint, p95', value: percentile(all, 0.95), unit: 'ms', target: LIMIT_MS },
  ]
}
