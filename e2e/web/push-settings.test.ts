import { type PushServer, startPushServer, type TestDevice } from '@chatapp/dev-env'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspector } from './axe.ts'
import { untilKept } from './screen.ts'
import { describeWeb, type Web } from './web.ts'

let push: PushServer
beforeAll(async () => {
  push = await startPushServer()
})
afterAll(async () => {
  expect(push.faults).toEqual([])
  await push[Symbol.asyncDispose]()
})

const NOTIFY = { name: 'Notify me on this device' }

async function inSettings(web: Web): Promise<Page> {
  const page = await web.signIn(web.people.bob, '/settings')
  await untilKept(page)
  await page.context().grantPermissions(['notifications'], { origin: web.product.url })
  await page.getByText(/The browser will ask|They come/).waitFor()
  return page
}

/** A browser whose maker’s push service is ours. */
async function withPushService(page: Page, { subscription }: TestDevice): Promise<void> {
  await page.evaluate(({ endpoint, keys }) => {
    let known: object | null = null
    const make = (options: object) => ({
      ...{ endpoint, options, toJSON: () => ({ endpoint, keys }) },
      unsubscribe: async () => {
        known = null
      },
    })
    const overridden = {
      getSubscription: async () => known,
      subscribe: async () => {
        known = make({ applicationServerKey: null })
        return known
      },
    }
    Object.assign(PushManager.prototype, overridden)
  }, subscription)
}

describeWeb(
  'push messages in the settings',
  (web) => {
    test('a browser without its push service says so and notifies while it is open', async () => {
      const page = await inSettings(web)
      const { look, found } = inspector(page)
      await page.getByRole('switch', NOTIFY).click()
      await page.getByText('the browser can’t reach its push service').waitFor()
      await page.getByRole('button', { name: 'Try again' }).waitFor()
      expect(await page.getByRole('switch', NOTIFY).getAttribute('aria-checked')).toBe('true')
      expect((await web.people.bob.client.notifications.subscriptions()).items).toEqual([])
      await look('no push service')
      expect(found).toEqual([])
    })

    test('a device is switched on, tested, and switched off', async () => {
      const { notifications } = web.people.bob.client
      const device = push.device()
      const page = await inSettings(web)
      await withPushService(page, device)
      const { look, found } = inspector(page)
      await page.getByRole('switch', NOTIFY).click()
      await page.getByText('They also come while ChatApp is closed').waitFor()
      expect((await notifications.subscriptions()).items).toMatchObject([
        { endpoint: device.subscription.endpoint },
      ])
      const button = page.getByRole('button', { name: 'Send a test' })
      await button.click()
      await page.getByText('If nothing shows within a minute').waitFor()
      expect(device.arrived.map(({ message }) => message)).toEqual([{ type: 'test' }])
      device.answer = { status: 403 }
      await button.click()
      await page.getByText('The push service refused it (status 403)').waitFor()
      await look('on and tested')
      await page.getByRole('switch', NOTIFY).click()
      await expect.poll(async () => (await notifications.subscriptions()).items).toEqual([])
      expect(found).toEqual([])
    })

    test('hours without notifications, and what the server lets be told', async () => {
      const { notifications } = web.people.bob.client
      const page = await inSettings(web)
      const { look, found } = inspector(page)
      await page.getByText('no more than this: Name only').waitFor()
      await page.getByRole('switch', { name: 'Do not disturb' }).click()
      await page.getByLabel('From').fill('23:30')
      await page.getByLabel('Until').focus()
      const hours = async () => (await notifications.preferences()).doNotDisturb
      await expect.poll(hours).toMatchObject({ from: '23:30', to: '07:00' })
      await look('quiet hours')
      await page.getByRole('switch', { name: 'Do not disturb' }).click()
      await expect.poll(hours).toBeNull()
      expect(found).toEqual([])
    })
  },
  { ALLOW_PRIVATE_ADDRESSES: 'on', PUSH_PAYLOAD_MAX: 'sender' },
)
