import { type Person, type PushServer, settle, startPushServer } from '@chatapp/dev-env'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { logIn, messageIn, openRoom } from './screen.ts'
import { describeWeb } from './web.ts'

let push: PushServer
beforeAll(async () => {
  push = await startPushServer()
})
afterEach(() => expect(push.faults).toEqual([]))
afterAll(() => push[Symbol.asyncDispose]())

/** Another device of somebody: a push is for all of them or for none. */
async function subscribe({ client }: Person) {
  const device = push.device()
  await client.notifications.subscribe(device.subscription)
  return device
}

/** Calls and says what was decided of it. */
async function call(by: Person, { client }: Person, conversationId: string) {
  const data = '@bob look'
  const { position } = await by.client.messages.send({ conversationId, data })
  return settle('a decision', async () => {
    const { items } = await client.notifications.log({ conversationId })
    return items.find((notice) => notice.position === position)?.reason
  })
}

/** As the window is, or is not, the one that somebody works in. */
async function setFocused(page: Page, isFocused: boolean): Promise<void> {
  await page.evaluate((is) => {
    document.hasFocus = () => is
    dispatchEvent(new Event(is ? 'focus' : 'blur'))
  }, isFocused)
}

describeWeb(
  'what is in front of somebody',
  (web) => {
    test('is pushed to none of their devices, whatever tab or device shows it', async () => {
      const { alice, bob } = web.people
      const room = await openRoom(alice, 'Kitchen', bob)
      const device = await subscribe(bob)
      const becomes = (reason: string) => expect.poll(() => call(alice, bob, room.id)).toBe(reason)
      await becomes('mention')
      const before = device.arrived.length
      const page = await web.signIn(bob, room.path)
      await messageIn(page, '@bob look').first().waitFor()
      await becomes('on-screen')
      const second = await web.openTab(page.context(), room.path)
      await messageIn(second, '@bob look').first().waitFor()
      await setFocused(page, false)
      await becomes('on-screen')
      await setFocused(second, false)
      await becomes('mention')
      await settle('the push', () => device.arrived.length > before)
      await setFocused(page, true)
      await becomes('on-screen')
      await page.getByRole('link', { name: 'Settings' }).click()
      await becomes('mention')
      await page.goBack()
      await becomes('on-screen')
      await page.context().setOffline(true)
      await page.getByRole('status').filter({ hasText: 'You are offline' }).waitFor()
      await page.context().setOffline(false)
      await logIn(page).waitFor()
      await becomes('on-screen')
    })

    test('is not what only stands in the list of a small screen', async () => {
      const { alice, bob } = web.people
      const room = await openRoom(alice, 'Pocket', bob)
      await subscribe(bob)
      const page = await web.signIn(bob, room.path, { viewport: { width: 390, height: 844 } })
      await logIn(page).waitFor()
      await expect.poll(() => call(alice, bob, room.id)).toBe('on-screen')
      await page.getByRole('link', { name: 'Back' }).click()
      await expect.poll(() => call(alice, bob, room.id)).toBe('mention')
    })
  },
  { ALLOW_PRIVATE_ADDRESSES: 'on' },
)
