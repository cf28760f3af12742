import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

const STOPS_MAX = 120

const hasFocus = (control: Locator) =>
  control.evaluate((element) => element === document.activeElement)

export async function expectFocus(control: Locator): Promise<void> {
  await expect.poll(() => hasFocus(control), { timeout: 5_000 }).toBe(true)
}

/** Goes there as people without a mouse do, and looks at every stop on the way. */
export async function tabTo(page: Page, control: Locator, key = 'Tab'): Promise<void> {
  await control.waitFor()
  const unclear: string[] = []
  for (let stops = 0; stops < STOPS_MAX; stops++) {
    if (await hasFocus(control)) break
    await page.keyboard.press(key)
    const problem = await problemWithFocus(page)
    if (problem) unclear.push(problem)
  }
  await expectFocus(control)
  expect(unclear).toEqual([])
}

export async function tabToAndPress(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control)
  await page.keyboard.press('Enter')
}

/** What keeps people from seeing where they are: nothing focused, nothing marked, or covered. */
function problemWithFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement
    // Beyond the last control the browser's own come.
    if (!(focused instanceof HTMLElement) || focused === document.body) return null
    // A field marks the frame around it, a hidden radio button its label.
    const label = focused.closest('label')
    const marked = focused.offsetWidth > 1 ? focused : (label ?? focused)
    const around = [marked, marked.parentElement, label].filter((one) => one !== null)
    const frames = around.map((one) => getComputedStyle(one))
    const isMarked = frames.some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    )
    const { x, y, width, height } = marked.getBoundingClientRect()
    const isInView = x < innerWidth && y < innerHeight && x + width > 0 && y + height > 0
    const top = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20))
    const isCovered = !top || !(marked.contains(top) || top.contains(marked))
    if (isMarked && isInView && !isCovered) return null
    const why = isMarked ? (isInView ? 'covered' : 'out of view') : 'not marked'
    return `${why}: ${focused.outerHTML.slice(0, 200)}`
  })
}
