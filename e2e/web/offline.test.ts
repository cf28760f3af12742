import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  composerIn,
  isFocused,
  messageIn,
  openRoom,
  presenceIn,
  queuedIn,
  textsOf,
  tickOf,
  untilKept,
  write,
} from './screen.ts'
import { describeWeb } from './web.ts'

const TEXTS = ['queued one', 'queued two', 'queued three']

const banner = (page: Page) => page.getByRole('status').filter({ hasText: 'You are offline' })

describeWeb('without a network', (web) => {
  test('what was written offline survives a reload and goes out once and in order', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Tunnel', bob)
    await room.say(bob, 'See you after the tunnel')
    const [a, b] = await Promise.all([web.signIn(alice, room.path), web.signIn(bob, room.path)])
    await messageIn(a, 'See you').waitFor()
    await untilKept(a)
    await a.context().setOffline(true)
    await banner(a).waitFor()
    for (const text of TEXTS) {
      await write(a, text)
      await tickOf(messageIn(a, text), 'Waiting to be sent').waitFor()
    }
    await a.reload()
    await messageIn(a, 'See you').waitFor()
    for (const text of TEXTS) await tickOf(messageIn(a, text), 'Waiting to be sent').waitFor()
    expect(await textsOf(bob, room.id)).toEqual(['See you after the tunnel'])
    await a.context().setOffline(false)
    await messageIn(b, 'queued three').waitFor()
    for (const text of TEXTS) await tickOf(messageIn(a, text), 'Read').waitFor()
    expect(await textsOf(bob, room.id)).toEqual(['See you after the tunnel', ...TEXTS])
    for (const page of [a, b]) expect(await queuedIn(page)).toEqual(TEXTS)
    await banner(a).waitFor({ state: 'detached' })
  })

  test('a lost network is said quietly, and takes nothing out of one’s hands', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Lift', bob)
    const page = await web.signIn(alice, room.path)
    await presenceIn(page).getByText('Online').waitFor()
    await composerIn(page).fill('half a sen')
    await page.context().setOffline(true)
    await banner(page)
      .getByText(/Next try in \d+ s|Connecting/)
      .waitFor()
    await presenceIn(page).getByText('Offline').waitFor()
    expect(await isFocused(composerIn(page))).toBe(true)
    await page.keyboard.type('tence')
    await room.say(bob, 'said meanwhile')
    await page.context().setOffline(false)
    await messageIn(page, 'said meanwhile').waitFor()
    await banner(page).waitFor({ state: 'detached' })
    await presenceIn(page).getByText('Online').waitFor()
    expect(await composerIn(page).inputValue()).toBe('half a sentence')
    expect(await isFocused(composerIn(page))).toBe(true)
  })

  test('what was read while I was away shows at my messages', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Echo', bob)
    const page = await web.signIn(alice, room.path)
    await write(page, 'anybody there?')
    await tickOf(messageIn(page, 'anybody there?'), 'Sent').waitFor()
    await page.context().setOffline(true)
    await banner(page).waitFor()
    await web.signIn(bob, room.path)
    const isReadByBob = async () => (await bob.client.conversations.get(room.id)).unread === 0
    await expect.poll(isReadByBob).toBe(true)
    await page.context().setOffline(false)
    await tickOf(messageIn(page, 'anybody there?'), 'Read').waitFor()
  })
})
