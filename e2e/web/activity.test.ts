import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listIn, messageIn, openRoom } from './screen.ts'
import { describeWeb } from './web.ts'

const entryIn = (page: Page) => listIn(page).getByRole('link', { name: /^Activity/ })
const nameOf = (page: Page) => entryIn(page).getAttribute('aria-label')
const itemsIn = (page: Page) => page.getByRole('region', { name: 'Activity' }).getByRole('listitem')
const unreadIn = (page: Page) => itemsIn(page).filter({ hasText: 'Unread' })

describeWeb('what is for me in particular', (web) => {
  test('is counted, listed live and opened in its place, and is read by that', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Camping', bob)
    const own = await room.say(alice, 'The tent is big')
    const page = await web.signIn(alice, '/activity')
    await page.getByText('Nothing here yet').waitFor()
    await room.say(bob, 'How are you, @alice?')
    await expect.poll(() => nameOf(page)).toBe('Activity, 1 unread')
    await page.getByText('bob mentioned you in Camping').waitFor()
    const answer = { conversationId: room.id, data: 'How big?', replyTo: own.id }
    const { id } = await bob.client.messages.send(answer)
    await page.getByText('bob answered you in Camping').waitFor()
    expect(await itemsIn(page).nth(0).textContent()).toContain('The tent is big')
    expect(await itemsIn(page).nth(1).locator('mark').textContent()).toBe('@alice')
    await bob.client.messages.edit(id, 'How heavy?')
    await page.getByText('How heavy?').waitFor()
    await bob.client.messages.unsend(id)
    await expect.poll(() => itemsIn(page).count()).toBe(1)
    await page.getByText('bob mentioned you in Camping').click()
    await page.waitForURL(/\/c\/.+\/\d+$/)
    await messageIn(page, 'How are you, @alice?').waitFor()
    await expect.poll(() => nameOf(page)).toBe('Activity')
    await page.goBack()
    await itemsIn(page).getByText('mentioned you').waitFor()
    expect(await unreadIn(page).count()).toBe(0)
  })

  test('is read when it is read on another device, and the switch leaves it out', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(bob, 'Boat', alice)
    const said = await room.say(alice, '@all: ahoy')
    const page = await web.signIn(bob, '/activity')
    await page.getByText('alice called everybody in Boat').waitFor()
    expect(await unreadIn(page).count()).toBe(1)
    await page.getByRole('switch', { name: 'Only unread' }).click()
    await itemsIn(page).getByText('alice called everybody in Boat').waitFor()
    await bob.client.messages.advance(room.id, { read: said.position })
    await page.getByText('You have read it all').waitFor()
    expect(await nameOf(page)).toBe('Activity')
  })

  test('goes by arrow keys, and a page at a time to what is older', async () => {
    const { alice, carol } = web.people
    const room = await openRoom(alice, 'Long', carol)
    for (let n = 1; n <= 35; n++) await room.say(alice, `@carol ${n}`)
    const page = await web.signIn(carol, '/activity')
    await itemsIn(page).getByText('@carol 35').waitFor()
    await itemsIn(page).first().getByRole('link').focus()
    await page.keyboard.press('ArrowDown')
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    expect(await focused()).toContain('@carol 34')
    await page.keyboard.press('End')
    await expect.poll(() => itemsIn(page).count()).toBe(35)
    await page.keyboard.press('End')
    expect(await focused()).toContain('@carol 1')
    await page.keyboard.press('Enter')
    await messageIn(page, '@carol 1').first().waitFor()
  })

  test('says when it can’t be loaded, and tries again', async () => {
    const { dan } = web.people
    const page = await web.signIn(dan)
    await listIn(page).getByRole('link', { name: 'General' }).waitFor()
    let isBroken = true
    await page.route('**/api/messages/activity*', (route) =>
      isBroken ? route.fulfill({ status: 503 }) : route.continue(),
    )
    await entryIn(page).click()
    await page.getByRole('alert').getByText('Activity could not be loaded').waitFor()
    isBroken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Nothing here yet').waitFor()
  })
})
