import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listIn, openRoom } from './screen.ts'
import { describeWeb } from './web.ts'

/** Counts the tones that the page has the machine play. */
const countTones = (page: Page) =>
  page.evaluate(() => {
    const { start } = OscillatorNode.prototype
    document.body.dataset.tones = '0'
    OscillatorNode.prototype.start = function (when) {
      document.body.dataset.tones = String(Number(document.body.dataset.tones) + 1)
      start.call(this, when)
    }
  })
const tonesIn = (page: Page) => page.evaluate(() => Number(document.body.dataset.tones))
const TONES = 2
/** Of the tabs of a browser the one that holds this lock is heard. */
const isListening = (page: Page) =>
  page.evaluate(async () => {
    const { held } = await navigator.locks.query()
    return held?.some(({ name }) => name === 'chatapp.notifier') ?? false
  })

describeWeb('what is new makes itself heard', (web) => {
  test('once, unless it is in front of one or the sound is off', async () => {
    const { alice, bob } = web.people
    const shown = await openRoom(alice, 'Shown', bob)
    const other = await openRoom(alice, 'Other', bob)
    const page = await web.signIn(bob, shown.path)
    await countTones(page)
    await page.getByRole('heading', { name: 'Shown' }).click()
    await expect.poll(() => isListening(page)).toBe(true)
    await shown.say(alice, '@bob here')
    await listIn(page).getByText('@bob here').waitFor()
    await other.say(alice, '@bob there')
    await expect.poll(() => tonesIn(page)).toBe(TONES)

    await listIn(page).getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('switch', { name: 'Sound' }).click()
    await expect.poll(() => isListening(page)).toBe(false)
    await other.say(alice, '@bob silently')
    await listIn(page).getByText('@bob silently').waitFor()
    await page.getByRole('switch', { name: 'Sound' }).click()
    await expect.poll(() => isListening(page)).toBe(true)
    await other.say(alice, '@bob again')
    await expect.poll(() => tonesIn(page)).toBe(2 * TONES)
  })

  test('and counts in the title, unless that is off', async () => {
    const { alice, carol } = web.people
    const room = await openRoom(alice, 'Counting', carol)
    const page = await web.signIn(carol, '/settings')
    await room.say(alice, 'one')
    await expect.poll(() => page.title()).toBe('(1) ChatApp')
    await page.getByRole('switch', { name: 'Count what is unread' }).click()
    await expect.poll(() => page.title()).toBe('ChatApp')
  })
})
