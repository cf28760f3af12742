import { type PushServer, settle, startPushServer } from '@chatapp/dev-env'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspector } from './axe.ts'
import { actionsOf, messageIn, openRoom } from './screen.ts'
import { describeWeb, type Web } from './web.ts'

let push: PushServer
beforeAll(async () => {
  push = await startPushServer()
})
afterAll(async () => {
  expect(push.faults).toEqual([])
  await push[Symbol.asyncDispose]()
})

const TITLE = 'Why was I (not) notified?'
const whyIn = (page: Page) => page.getByRole('dialog', { name: TITLE })

async function askWhy(page: Page, text: string) {
  const actions = await actionsOf(messageIn(page, text))
  await actions.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: TITLE }).click()
  return whyIn(page)
}

async function closeWhy(page: Page): Promise<void> {
  await whyIn(page).getByRole('button', { name: 'Close' }).click()
  await whyIn(page).waitFor({ state: 'detached' })
}

/** A room in which a device of Bob's has got a mention, and nothing else. */
async function withMention(web: Web) {
  const { alice, bob } = web.people
  const room = await openRoom(alice, 'Questions', bob)
  await room.say(alice, 'Before there was a device')
  const device = push.device()
  const { id } = await bob.client.notifications.subscribe(device.subscription)
  await room.say(alice, 'Nothing in particular')
  await room.say(alice, 'Where are you, @bob?')
  await settle('the push', async () => {
    const { items } = await bob.client.notifications.log({ conversationId: room.id })
    return items[0]?.deliveries.length === 1
  })
  return { room, forget: () => bob.client.notifications.unsubscribe(id) }
}

describeWeb(
  'why one was notified',
  (web) => {
    test('a message tells what was decided, and what is not for me says so', async () => {
      const { room, forget } = await withMention(web)
      const page = await web.signIn(web.people.bob, room.path)
      const { look, found } = inspector(page)
      const mention = await askWhy(page, 'Where are you')
      await mention.getByText('A push message was sent to 1 device.').waitFor()
      await mention.getByText('It mentions you.').waitFor()
      const device = mention.getByRole('list', { name: 'Devices' }).getByRole('listitem')
      expect(await device.allTextContents()).toEqual([
        expect.stringMatching(/^Another device.*Sent .*2\d{3}/),
      ])
      await look('a push that was sent')
      await closeWhy(page)
      const plain = await askWhy(page, 'Nothing in particular')
      await plain.getByText('the message calls you neither by a mention').waitFor()
      await closeWhy(page)
      await forget()
      const early = await askWhy(page, 'Before there was a device')
      await early.getByText('None of your devices gets push messages').waitFor()
      expect(found).toEqual([])
    })

    test('what could not be asked can be asked again', async () => {
      const { room, forget } = await withMention(web)
      const page = await web.signIn(web.people.bob, room.path)
      const log = '**/api/notifications/log*'
      await page.route(log, (route) => route.fulfill({ status: 500 }))
      const why = await askWhy(page, 'Where are you')
      await why.getByRole('alert').waitFor()
      await page.unroute(log)
      await why.getByRole('button', { name: 'Try again' }).click()
      await why.getByText('It mentions you.').waitFor()
      await forget()
    })
  },
  { ALLOW_PRIVATE_ADDRESSES: 'on' },
)
