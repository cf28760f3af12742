import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  composerIn,
  expectNoSidewaysScrolling,
  isFocused,
  listIn,
  logIn,
  messageIn,
  openRoom,
  textsOf,
  write,
} from './screen.ts'
import { describeWeb } from './web.ts'

const NARROW = { width: 390, height: 844 }

/** Wholly within what the log shows, not only somewhere in the document. */
async function isInView(page: Page, message: Locator): Promise<boolean> {
  const [frame, box] = await Promise.all([logIn(page).boundingBox(), message.boundingBox()])
  if (!frame || !box) return false
  return box.y >= frame.y && box.y + box.height <= frame.y + frame.height
}

/** Nothing of it is outside the window. */
async function expectOnScreen(part: Locator): Promise<void> {
  const isWhole = () =>
    part.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })
  await expect.poll(isWhole).toBe(true)
}

describeWeb('finding one’s way in the web client', (web) => {
  test('a link to a message opens its conversation at that message', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Archive', bob)
    const sent = []
    for (let i = 0; i < 120; i++) sent.push(await room.say(alice, `line ${i}`))
    const page = await web.signIn(bob, `${room.path}/${sent[20]?.position}`)
    const linked = logIn(page)
      .getByRole('article')
      .filter({ hasText: /line 20$/ })
    await linked.waitFor()
    await expect.poll(() => isInView(page, linked)).toBe(true)
    expect(await messageIn(page, 'line 119').count()).toBe(0)
    await page.getByRole('button', { name: 'Jump to newest' }).click()
    const newest = messageIn(page, 'line 119')
    await newest.waitFor()
    await expect.poll(() => isInView(page, newest)).toBe(true)
  })

  test('somebody without a mouse finds a conversation, writes and sends', async () => {
    const { alice, bob, carol } = web.people
    const room = await openRoom(alice, 'Harbour', bob)
    await openRoom(alice, 'Mountains', carol)
    const page = await web.visit('/sign-in')
    const { keyboard } = page
    await page.getByLabel('Username').waitFor()
    await keyboard.type(alice.username)
    await keyboard.press('Tab')
    await keyboard.type(alice.password)
    await keyboard.press('Enter')
    await listIn(page).getByRole('link', { name: 'Harbour' }).waitFor()
    await keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Jump to' }).waitFor()
    await keyboard.type('Harb')
    await page.getByRole('option', { name: 'Harbour', selected: true }).waitFor()
    await keyboard.press('Enter')
    await composerIn(page).waitFor()
    const isInComposer = () => isFocused(composerIn(page))
    for (let tabs = 0; tabs < 60 && !(await isInComposer()); tabs++) await keyboard.press('Tab')
    expect(await isInComposer()).toBe(true)
    await keyboard.type('Ahoy')
    await keyboard.press('Enter')
    await messageIn(page, 'Ahoy').waitFor()
    await expect.poll(() => textsOf(bob, room.id)).toEqual(['Ahoy'])
  })

  test('a narrow screen shows the list or a conversation, with a way back', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Pocket', bob)
    await room.say(bob, `https://example.com/${'long'.repeat(60)}`)
    const page = await web.signIn(alice, '/', { viewport: NARROW, hasTouch: true })
    await listIn(page).getByRole('link', { name: 'Pocket' }).click()
    await messageIn(page, 'example.com').waitFor()
    await write(page, 'from the road')
    await messageIn(page, 'from the road').waitFor()
    expect(await listIn(page).isVisible()).toBe(false)
    await expectNoSidewaysScrolling(page)
    await page.getByRole('link', { name: 'Back' }).click()
    await listIn(page).getByRole('link', { name: 'Pocket' }).waitFor()
    expect(await composerIn(page).isVisible()).toBe(false)
    await expectNoSidewaysScrolling(page)
    await listIn(page).getByRole('link', { name: 'Pocket' }).click()
    await composerIn(page).waitFor()
    // A swipe from the edge is this as well, where the system has it.
    await page.goBack()
    await listIn(page).getByRole('link', { name: 'Pocket' }).waitFor()
    expect(await composerIn(page).isVisible()).toBe(false)
  })

  test('a part of the settings comes into view, and the rest of the page stays', async () => {
    const page = await web.signIn(web.people.alice, '/settings')
    const sections = page.getByRole('navigation', { name: 'Sections' })
    for (const name of ['Devices', 'Profile', 'Privacy']) {
      await sections.getByText(name, { exact: true }).click()
      await expectOnScreen(page.getByRole('heading', { name, exact: true }))
      await expectOnScreen(page.getByRole('heading', { name: 'Settings', exact: true }))
      await expectOnScreen(listIn(page))
    }
  })

  test('an address that is none has a page with a way on', async () => {
    const page = await web.signIn(web.people.alice, '/')
    const answer = await page.goto('/nowhere')
    expect(answer?.status()).toBe(404)
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await page.getByRole('link', { name: 'To my conversations' }).click()
    await listIn(page).waitFor()
  })
})
