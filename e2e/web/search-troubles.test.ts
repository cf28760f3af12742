import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectFocus, tabTo } from './keys.ts'
import { messageIn, openRoom } from './screen.ts'
import { describeWeb } from './web.ts'

const PAGE = 30

const fieldIn = (page: Page) => page.getByRole('textbox', { name: 'Search messages' })
const resultsIn = (page: Page) => page.getByRole('region', { name: 'Results' })
const hitsIn = (page: Page) => resultsIn(page).getByRole('link')
const hitIn = (page: Page, text: string) => hitsIn(page).filter({ hasText: text })
const recentIn = (page: Page) => page.getByRole('list', { name: 'Recent searches' })

describeWeb('searching when not all is well', (web) => {
  test('without a network it is said quietly, and tried again with the network', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Tunnel', bob)
    await room.say(bob, 'a brass lantern')
    const page = await web.signIn(alice, '/search')
    await fieldIn(page).waitFor()
    await page.context().setOffline(true)
    await fieldIn(page).fill('lantern')
    const alert = page.getByRole('alert')
    await alert.getByRole('button', { name: 'Try again' }).waitFor()
    expect(await fieldIn(page).inputValue()).toBe('lantern')
    expect(await fieldIn(page).getAttribute('aria-invalid')).toBeNull()
    await page.context().setOffline(false)
    await hitIn(page, 'a brass lantern').first().waitFor()
    await alert.waitFor({ state: 'detached' })
  })

  test('newest first, more comes at the end of the list until everything is there', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Orchard', bob)
    const said = Array.from({ length: 2 * PAGE + 10 }, (_, i) => `quince number ${i + 1} here`)
    for (const text of said) await room.say(bob, text)
    const page = await web.signIn(alice, '/search?q=quince')
    await hitIn(page, 'quince number 70 here').waitFor()
    const order = page.getByRole('group', { name: 'Order' })
    await order.getByRole('button', { name: 'Newest', exact: true }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('newest')
    await expect
      .poll(async () => {
        await hitsIn(page).first().focus()
        await page.keyboard.press('End')
        return hitsIn(page).count()
      })
      .toBe(said.length)
    await page.keyboard.press('End')
    await expectFocus(hitIn(page, 'quince number 1 here'))
    const shown = (await hitsIn(page).allTextContents()).map(
      (text) => /quince number \d+ here/.exec(text)?.[0],
    )
    expect(shown).toEqual(said.toReversed())
    await page.keyboard.press('Enter')
    await messageIn(page, 'quince number 1 here').waitFor()
  })

  test('recent searches are there after a reload, and are removed without a mouse', async () => {
    const { alice } = web.people
    const page = await web.signIn(alice, '/search')
    for (const query of ['first lantern', 'second lantern']) {
      await fieldIn(page).fill(query)
      await fieldIn(page).press('Enter')
    }
    await page.goto('/search')
    const queries = recentIn(page).getByRole('button', { name: /^(first|second) lantern$/ })
    await recentIn(page).waitFor()
    expect(await queries.allTextContents()).toEqual(['second lantern', 'first lantern'])
    await expectFocus(fieldIn(page))
    await tabTo(page, recentIn(page).getByRole('button', { name: 'Remove “second lantern”' }))
    await page.keyboard.press('Enter')
    await expect.poll(() => queries.allTextContents()).toEqual(['first lantern'])
    await page.reload()
    await recentIn(page).waitFor()
    expect(await queries.allTextContents()).toEqual(['first lantern'])
  })
})

describeWeb(
  'searching while the engine is away',
  (web) => {
    test('hits are there all the same, with a hint that some may be missing', async () => {
      const { alice, bob } = web.people
      const room = await openRoom(alice, 'Attic', bob)
      await room.say(bob, 'a dusty sextant')
      const page = await web.signIn(alice, '/search?q=sextant')
      await hitIn(page, 'a dusty sextant').waitFor()
      await page.getByText(/^Search is catching up/).waitFor()
    })
  },
  // Nothing listens there.
  { ELASTICSEARCH_URL: 'http://127.0.0.1:9' },
)
