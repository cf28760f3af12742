import type { Page } from 'playwright-core'
import type { Finding } from '../findings.ts'
import { median } from '../statistics.ts'
import { newVisitor, openBrowser, signedIn } from './browser.ts'
import type { WebStage } from './web-stage.ts'

const PART = 'first load'
const VISITS = 5
const KB = 1024
const SCRIPT_KB = { atMost: 200 }
const USABLE_S = { atMost: 1.5 }

/** From the address to something that one can use, for a browser that was never here. */
export async function measureFirstLoad(stage: WebStage): Promise<Finding[]> {
  stage.progress.say(`First load: ${VISITS} visits of each kind`)
  await using browser = await openBrowser()
  const path = `/c/${stage.rooms.middling.id}`
  const first = await signedIn(browser, stage, path)
  // Every visit takes a new refresh token, which the next one needs.
  let cookies = await first.context().cookies()
  await first.context().close()
  const doors: number[] = []
  const shells: number[] = []
  const sizes: number[] = []
  for (let visit = 0; visit < VISITS; visit++) {
    const stranger = await newVisitor(browser, stage)
    doors.push(await secondsUntil(stranger, '/sign-in', 'input[type=password]'))
    await stranger.context().close()
    const page = await newVisitor(browser, stage, cookies)
    shells.push(await secondsUntil(page, path, '[role=log] article'))
    sizes.push(await page.evaluate(scriptBytes))
    cookies = await page.context().cookies()
    await page.context().close()
  }
  return [
    ...of('JavaScript, compressed', median(sizes) / KB, { unit: 'KB', target: SCRIPT_KB }),
    ...of('sign-in page usable', median(doors), { unit: 's', target: USABLE_S }),
    ...of('signed-in shell usable', median(shells), { unit: 's', target: USABLE_S }),
  ]
}

function of(what: string, value: number, rest: Pick<Finding, 'unit' | 'target'>): Finding[] {
  return [{ part: PART, what, value, ...rest }]
}

/** Until it is there, can be seen, and nothing keeps the page from answering. */
async function secondsUntil(page: Page, path: string, selector: string): Promise<number> {
  await page.goto(path, { waitUntil: 'commit' })
  const found = await page.waitForFunction((wanted) => {
    const element = document.querySelector(wanted)
    return element?.checkVisibility({ opacityProperty: true }) ? performance.now() : null
  }, selector)
  const milliseconds = (await found.jsonValue()) ?? Number.NaN
  return milliseconds / 1000
}

/** What the page has fetched, without what the service worker keeps for later. */
function scriptBytes(): number {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const scripts = entries.filter(({ name }) => new URL(name).pathname.endsWith('.js'))
  return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
}
