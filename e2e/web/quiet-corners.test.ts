import { expect, test } from 'vitest'
import { composerIn, isFocused, listIn, messageIn, openRoom } from './screen.ts'
import { describeWeb } from './web.ts'

const NARROW = { width: 390, height: 844 }

describeWeb('what one notices only when it is missing', (web) => {
  test('a word that one wants to hear of marks a conversation as a mention does', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Orchard', bob)
    await openRoom(alice, 'Elsewhere')
    const page = await web.signIn(alice, '/settings')
    const field = page.getByLabel('Keywords')
    await field.fill('quinces, pears')
    const saved = page.waitForResponse(
      (answer) => answer.url().endsWith('/preferences') && answer.request().method() !== 'GET',
    )
    await field.press('Enter')
    expect((await saved).ok()).toBe(true)
    const row = listIn(page).getByRole('link', { name: 'Orchard' })
    await room.say(bob, 'The plums are ripe')
    await row.getByText('1 unread message').waitFor()
    const mark = row.getByText('You were mentioned')
    expect(await mark.count()).toBe(0)
    await room.say(bob, 'The Quinces are not')
    await mark.waitFor()
  })

  test('a mention is marked also right after a reload, with later messages after it', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Bell', bob)
    await openRoom(alice, 'Tower')
    const page = await web.signIn(alice, '/')
    const row = listIn(page).getByRole('link', { name: 'Bell' })
    await room.say(bob, '@alice come up')
    await room.say(bob, 'and bring a lamp')
    const mark = row.getByText('You were mentioned')
    await mark.waitFor()
    await page.reload()
    await mark.waitFor()
    await row.getByText('2 unread messages').waitFor()
  })

  test('on a small screen the keyboard goes on at the conversation that one has left', async () => {
    const { alice } = web.people
    const room = await openRoom(alice, 'Hall')
    await openRoom(alice, 'Attic')
    const page = await web.signIn(alice, room.path, { viewport: NARROW })
    await composerIn(page).waitFor()
    await page.getByRole('link', { name: 'Back' }).focus()
    await page.keyboard.press('Enter')
    const row = listIn(page).getByRole('link', { name: 'Hall' })
    await expect.poll(() => isFocused(row)).toBe(true)
  })

  test('messages that could not be loaded are asked for again', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Fog', bob)
    await room.say(bob, 'anybody there?')
    let isRefused = true
    // A service worker would fetch past the route below.
    const page = await web.signIn(alice, '/settings', { serviceWorkers: 'block' })
    await page.route(`**/api/messages/${room.id}?**`, (route) =>
      isRefused ? route.fulfill({ status: 503 }) : route.continue(),
    )
    await listIn(page).getByRole('link', { name: 'Fog' }).click()
    const retry = page.getByRole('log').getByRole('button', { name: 'Try again' })
    await retry.waitFor()
    isRefused = false
    // It asks again by itself as well, and may have been quicker.
    await retry.click().catch(() => {})
    await messageIn(page, 'anybody there?').waitFor()
  })

  test('installing is offered in the settings, where the browser offers it', async () => {
    const page = await web.signIn(web.people.bob, '/settings')
    const offer = page.getByRole('button', { name: 'Install', exact: true })
    await page.getByRole('heading', { name: 'About', exact: true }).waitFor()
    expect(await offer.count()).toBe(0)
    await page.evaluate(() => {
      const event = new Event('beforeinstallprompt', { cancelable: true })
      const prompt = async () => void document.body.setAttribute('data-asked', 'true')
      dispatchEvent(Object.assign(event, { prompt }))
    })
    await offer.click()
    await page.locator('body[data-asked]').waitFor({ state: 'attached' })
    await offer.waitFor({ state: 'detached' })
  })
})
