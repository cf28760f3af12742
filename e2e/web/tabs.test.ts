import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  composerIn,
  listIn,
  messageIn,
  openRoom,
  queuedIn,
  textsOf,
  tickOf,
  untilKept,
  write,
} from './screen.ts'
import { describeWeb, type Web } from './web.ts'

/** Two tabs of one browser, in one conversation, which then lose the network. */
async function inTwoTabs(web: Web, title: string) {
  const { alice, bob } = web.people
  const room = await openRoom(alice, title, bob)
  const first = await web.signIn(alice, room.path)
  await untilKept(first)
  const second = await web.openTab(first.context(), room.path)
  await composerIn(second).waitFor()
  return { first, second, room }
}

const waiting = (page: Page, text: string) =>
  tickOf(messageIn(page, text), 'Waiting to be sent').waitFor()

describeWeb('several tabs of one browser', (web) => {
  test('what waits in one tab is seen in the other and goes out once', async () => {
    const { first, second, room } = await inTwoTabs(web, 'Twins')
    await first.context().setOffline(true)
    await write(first, 'queued here')
    await waiting(second, 'queued here')
    await write(second, 'queued there')
    await waiting(first, 'queued there')
    const texts = ['queued here', 'queued there']
    for (const page of [first, second]) expect(await queuedIn(page)).toEqual(texts)
    await first.context().setOffline(false)
    for (const page of [first, second]) {
      for (const text of texts) await tickOf(messageIn(page, text), 'Sent').waitFor()
    }
    expect((await textsOf(web.people.bob, room.id)).toSorted()).toEqual(texts)
    for (const page of [first, second]) expect((await queuedIn(page)).toSorted()).toEqual(texts)
  })

  test('what a closed tab has left is sent by one that lives, in order', async () => {
    const { first, second, room } = await inTwoTabs(web, 'Heirs')
    await first.context().setOffline(true)
    await write(first, 'queued one')
    await waiting(second, 'queued one')
    await write(second, 'queued two')
    await write(first, 'queued three')
    for (const text of ['queued two', 'queued three']) await waiting(second, text)
    await waiting(first, 'queued three')
    await first.close()
    await expect.poll(() => outboxLocksOf(second)).toBe(1)
    await second.context().setOffline(false)
    await tickOf(messageIn(second, 'queued three'), 'Sent').waitFor()
    const texts = ['queued one', 'queued two', 'queued three']
    expect(await textsOf(web.people.bob, room.id)).toEqual(texts)
    expect(await queuedIn(second)).toEqual(texts)
  })

  test('what all closed tabs have left is sent on the next visit, in order', async () => {
    const { first, second, room } = await inTwoTabs(web, 'Later')
    await first.context().setOffline(true)
    await write(first, 'queued one')
    await waiting(second, 'queued one')
    await write(second, 'queued two')
    await waiting(first, 'queued two')
    await write(first, 'queued three')
    await waiting(first, 'queued three')
    const context = first.context()
    await second.close()
    await first.close()
    await context.setOffline(false)
    const next = await web.openTab(context, room.path)
    await tickOf(messageIn(next, 'queued three'), 'Sent').waitFor()
    const texts = ['queued one', 'queued two', 'queued three']
    expect(await textsOf(web.people.bob, room.id)).toEqual(texts)
    expect(await queuedIn(next)).toEqual(texts)
  })

  test('what is being written in one tab is there in the other, also without a network', async () => {
    const { first, second } = await inTwoTabs(web, 'Desk')
    await composerIn(first).fill('half a letter')
    await expect.poll(() => composerIn(second).inputValue()).toBe('half a letter')
    await first.context().setOffline(true)
    await composerIn(second).fill('half a letter, and more')
    await expect.poll(() => composerIn(first).inputValue()).toBe('half a letter, and more')
    await first.reload()
    await expect.poll(() => composerIn(first).inputValue()).toBe('half a letter, and more')
  })

  test('signing out in one tab is signing out in all', async () => {
    const { first, second } = await inTwoTabs(web, 'Door')
    await first.getByRole('link', { name: 'Settings' }).click()
    await first.getByRole('button', { name: 'Sign out', exact: true }).click()
    for (const page of [first, second]) {
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      expect(await listIn(page).count()).toBe(0)
    }
  })

  test('who signs out offline stays signed out', async () => {
    const { first, second, room } = await inTwoTabs(web, 'Cellar')
    const sessions = async () => (await web.people.alice.client.users.sessions()).items.length
    const before = await sessions()
    await first.context().setOffline(true)
    await first.keyboard.press('Control+k')
    await first.getByRole('option', { name: 'Sign out' }).click()
    for (const page of [first, second]) {
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
    }
    await first.context().setOffline(false)
    await second.goto(room.path)
    await second.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await sessions()).toBe(before - 1)
  })
})

/** Of all tabs, those waited for too: one when a single tab is left that has inherited everything. */
function outboxLocksOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query()
    return [...held, ...pending].filter(({ name }) => name?.startsWith('chatapp.outbox.')).length
  })
}
