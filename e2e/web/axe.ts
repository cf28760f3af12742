import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Looks at a page in one state after the other; `found` is what axe has to say, with every rule on. */
export function inspector(page: Page) {
  const found: string[] = []
  async function look(state: string): Promise<void> {
    const findings = await findingsOn(page)
    found.push(...findings.map((finding) => `${state}: ${finding}`))
  }
  return { found, look }
}

/** What axe finds, by rule and place. */
async function findingsOn(page: Page): Promise<string[]> {
  // What fades has no contrast yet.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)))
  // A script tag would be stopped by the content security policy.
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    // The line above has put it there.
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe }
    // Off unless asked for: WCAG 2.2 wants it.
    const rules = { 'target-size': { enabled: true } }
    const { violations } = await inPage.run(document, { rules })
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
  })
}
