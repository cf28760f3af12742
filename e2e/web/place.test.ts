import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { logIn, messageIn, openRoom } from './screen.ts'
import { describeWeb } from './web.ts'

const line = (page: Page, number: number) =>
  logIn(page)
    .getByRole('article')
    .filter({ hasText: new RegExp(`line ${number}$`) })

const topOf = async (message: Locator) => (await message.boundingBox())?.y ?? Number.NaN

/** The first line below the top edge, where a message may lose its name to one above it. */
function firstInView(page: Page): Promise<{ number: number; top: number }> {
  return logIn(page).evaluate((log) => {
    const edge = log.getBoundingClientRect().top + 80
    for (const article of log.querySelectorAll('[role=article], article')) {
      const { top } = article.getBoundingClientRect()
      const number = /line (\d+)$/.exec(article.textContent)?.[1]
      if (top >= edge && number !== undefined) return { number: Number(number), top }
    }
    throw new Error('no line is in view')
  })
}

/** In the same place for some frames. */
function isAtRest(page: Page): Promise<boolean> {
  return logIn(page).evaluate(async (log) => {
    const { scrollTop, scrollHeight } = log
    for (let frames = 0; frames < 15; frames++) await new Promise(requestAnimationFrame)
    return log.scrollTop === scrollTop && log.scrollHeight === scrollHeight
  })
}

/** Wholly within what the log shows. */
async function isInView(page: Page, message: Locator): Promise<boolean> {
  const [frame, box] = await Promise.all([logIn(page).boundingBox(), message.boundingBox()])
  if (!frame || !box) return false
  return box.y >= frame.y && box.y + box.height <= frame.y + frame.height + 1
}

/** On a busy machine measuring takes its time. */
const PATIENCE = { timeout: 20_000 }

const expectInView = (page: Page, message: Locator) =>
  expect.poll(() => isInView(page, message), PATIENCE).toBe(true)

/** Until the list is placed, its rows are there without being seen. */
async function expectPlaced(page: Page): Promise<void> {
  const isShown = () =>
    logIn(page).evaluate((log) => log.checkVisibility({ opacityProperty: true }))
  await expect.poll(isShown, { ...PATIENCE, interval: 5 }).toBe(true)
}

describeWeb('the place in the timeline', (web) => {
  test('a quote leads to the message that it quotes, however far away', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Long ago', bob)
    const [first] = [await room.say(alice, 'line 0')]
    for (let i = 1; i < 130; i++) await room.say(alice, `line ${i}`)
    await bob.client.messages.send({
      ...{ conversationId: room.id, data: 'As you said' },
      replyTo: first.id,
    })
    const page = await web.signIn(alice, room.path)
    const answer = messageIn(page, 'As you said')
    await answer.getByRole('button', { name: /In answer to.*line 0/ }).click()
    await line(page, 0).waitFor()
    await expectInView(page, line(page, 0))
    expect(await line(page, 129).count()).toBe(0)
  })

  test('what one reads stays where it is when the window changes and older messages come', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Steady', bob)
    const numbers = Array.from({ length: 400 }, (_, number) => number)
    const sent = await Promise.all(numbers.map((number) => room.say(alice, `line ${number}`)))
    // A service worker would fetch past the route below.
    const path = `${room.path}/${sent[250]?.position}`
    const page = await web.signIn(alice, path, { serviceWorkers: 'block' })
    await expectInView(page, line(page, 250))
    await page.setViewportSize({ width: 900, height: 600 })
    await expectInView(page, line(page, 250))
    await page.setViewportSize({ width: 1280, height: 800 })
    const held = Promise.withResolvers<void>()
    await page.route(/before=/, async (route) => {
      await held.promise
      await route.continue()
    })
    const reachTop = async () => {
      await logIn(page).evaluate((log) => log.scrollTo(0, 0))
      return page.getByText('Loading earlier messages').isVisible()
    }
    await expect.poll(reachTop, PATIENCE).toBe(true)
    await expect.poll(() => isAtRest(page), PATIENCE).toBe(true)
    const { number, top } = await firstInView(page)
    const height = () => logIn(page).evaluate((log) => log.scrollHeight)
    const before = await height()
    held.resolve()
    await expect.poll(height, PATIENCE).toBeGreaterThan(before + 500)
    // Between the new rows and their measuring, which is one frame, there is no right place.
    const moved = async () => Math.abs((await topOf(line(page, number))) - top)
    await expect.poll(moved, PATIENCE).toBeLessThanOrEqual(4)
  })

  test('at the end one stays at the end when the window or a message changes its height', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Lively', bob)
    for (let i = 0; i < 60; i++) await room.say(alice, `line ${i}`)
    const newest = await room.say(alice, 'line 60')
    const page = await web.signIn(alice, room.path)
    await expectInView(page, line(page, 60))
    await expectPlaced(page)
    await page.setViewportSize({ width: 1000, height: 500 })
    await expectInView(page, line(page, 60))
    await bob.client.messages.react(newest.id, '🎉')
    const chip = logIn(page).getByRole('button', { name: /^🎉 1/ })
    await chip.waitFor()
    await expectInView(page, chip)
  })

  test('a very long message is folded until one wants all of it', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Epic', bob)
    for (let i = 0; i < 30; i++) await room.say(alice, `line ${i}`)
    await room.say(bob, `Once upon a time\n${'and then\n'.repeat(80)}the end`)
    const page = await web.signIn(alice, room.path)
    const message = messageIn(page, 'Once upon a time')
    const more = message.getByRole('button', { name: 'Show more' })
    await more.waitFor()
    await expectInView(page, more)
    const folded = (await message.boundingBox())?.height ?? 0
    const top = await topOf(message)
    await more.click()
    await message.getByRole('button', { name: 'Show less' }).waitFor()
    expect((await message.boundingBox())?.height).toBeGreaterThan(3 * folded)
    expect(Math.abs((await topOf(message)) - top)).toBeLessThanOrEqual(4)
  })

  test('whoever scrolls while a list is still being placed is not taken back', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Haste', bob)
    for (let i = 0; i < 80; i++) await room.say(bob, `${'word '.repeat(i % 40)}line ${i}`)
    const { lastPosition } = await alice.client.conversations.get(room.id)
    await alice.client.messages.advance(room.id, { read: lastPosition })
    const page = await web.signIn(alice, room.path)
    await line(page, 79).waitFor()
    await expectPlaced(page)
    const below = () =>
      logIn(page).evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop)
    await logIn(page).hover()
    await page.mouse.wheel(0, -400)
    await expect.poll(below, PATIENCE).toBeGreaterThan(300)
    await room.say(bob, 'line 80')
    await expect.poll(() => isAtRest(page), PATIENCE).toBe(true)
    expect(await below()).toBeGreaterThan(300)
    await page.getByRole('button', { name: /newest/ }).waitFor()
  })
})
