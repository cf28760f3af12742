import { makeAdmin, startWebhookServer, type WebhookServer } from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoSidewaysScrolling, openRoom, textsOf } from './screen.ts'
import { describeWeb, type Web } from './web.ts'

const PATH = '/settings/integrations'

let server: WebhookServer
beforeAll(async () => {
  server = await startWebhookServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const button = (within: Page | Locator, name: string) =>
  within.getByRole('button', { name, exact: true })

const part = (page: Page, name: string) => page.getByRole('region', { name })

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).selectOption({ label: option })
}

/** What the dialog shows this once: it goes with the dialog. */
async function takeSecret(page: Page, label: string): Promise<string> {
  const dialog = page.getByRole('dialog')
  const secret = await dialog.getByLabel(label, { exact: true }).inputValue()
  await button(dialog, 'Copy').click()
  await dialog.getByText('Copied.').waitFor()
  await button(dialog, 'Done').click()
  await dialog.waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain(secret)
  return secret
}

async function confirm(page: Page, action: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await button(dialog, action).click()
  await dialog.waitFor({ state: 'detached' })
}

async function asAdmin(web: Web): Promise<Page> {
  await makeAdmin(web.product, web.people.alice)
  const page = await web.signIn(web.people.alice, '/settings')
  await page.getByRole('link', { name: 'Bots and webhooks' }).click()
  await page.waitForURL(PATH)
  return page
}

let bots = 0
/** Not taken by a try before. */
const newName = () => `bot${++bots}`

/** A bot in a group of alice’s. */
async function addBot({ people: { alice } }: Web, title: string) {
  const { user } = await alice.client.bots.create({ username: newName() })
  const room = await openRoom(alice, title)
  await alice.client.conversations.addMembers(room.id, [user.id])
  return { bot: user, room }
}

const post = (url: string, text: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  })

describeWeb(
  'integrations in the settings',
  (web) => {
    test('who is no admin does not find them, and learns how to become one', async () => {
      const page = await web.signIn(web.people.bob, '/settings')
      await page.getByText('This device').waitFor()
      expect(await page.getByText('Bots and webhooks').count()).toBe(0)
      await page.goto(PATH)
      await page.getByText('Integrations are for admins of this ChatApp').waitFor()
      await page.getByText('chatapp user promote bob').waitFor()
      expect(await button(page, 'New bot').count()).toBe(0)
    })

    test('a bot is made, and its token shown once, used and revoked', async () => {
      const name = newName()
      const page = await asAdmin(web)
      const bots = part(page, 'Bots')
      await button(bots, 'New bot').click()
      await page.getByLabel('Username').fill('a b')
      await page.keyboard.press('Enter')
      await page
        .getByRole('dialog')
        .getByText(/^username: /)
        .waitFor()
      await page.getByLabel('Username').fill(name)
      await page.getByLabel('Display name').fill('Tapper')
      await page.keyboard.press('Enter')
      const token = await takeSecret(page, 'Token')
      await using bot = createClient({ url: web.product.url, token })
      await bot.users.refresh()
      expect(await bot.users.me()).toMatchObject({ username: name, displayName: 'Tapper' })
      await button(bots, `Tokens of @${name}`).click()
      await bots.getByText(/^Last used/).waitFor()
      await button(bots, 'New token').click()
      expect(await takeSecret(page, 'Token')).not.toBe(token)
      const revoke = bots.getByRole('button', { name: /^Revoke the token/ })
      for (const left of [1, 0]) {
        await expect.poll(() => revoke.count()).toBe(left + 1)
        await revoke.first().click()
        await confirm(page, 'Revoke')
      }
      await bots.getByText('No token is valid').waitFor()
      await expect(bot.users.refresh()).rejects.toMatchObject({ code: 'unauthenticated' })
    })

    test('an outgoing webhook is made, delivers, stops at what is gone, and is deleted', async () => {
      const { alice } = web.people
      const room = await openRoom(alice, 'Told')
      const url = `${server.url}${crypto.randomUUID()}`
      server.answer = { status: 204 }
      const page = await asAdmin(web)
      const outgoing = part(page, 'Outgoing webhooks')
      const row = outgoing.getByRole('listitem').filter({ hasText: url })
      await button(outgoing, 'New outgoing webhook').click()
      await page.getByRole('textbox', { name: 'URL' }).fill('nowhere')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').getByText('url: must be an https URL').waitFor()
      await page.getByRole('textbox', { name: 'URL' }).fill(url)
      await choose(page, 'Group', 'Told')
      await page.keyboard.press('Tab')
      await button(page.getByRole('dialog'), 'Create').click()
      expect(await takeSecret(page, 'Secret')).toMatch(/^whsec_/)
      await row.getByText('Nothing was delivered yet').waitFor()
      await row.getByText('Told: New messages, Edited messages, Unsent messages').waitFor()
      await button(row, `Send a test: ${url}`).click()
      await row.getByText('The test arrived (status 204).').waitFor()
      await room.say(alice, 'hello')
      await row.getByText('The last delivery arrived (status 204)').waitFor()
      server.answer = { status: 410 }
      await room.say(alice, 'is anybody there?')
      await button(row, `Send a test: ${url}`).click()
      await row.getByText('The test did not arrive. It answered 410.').waitFor()
      await row.getByText('Stopped: its server answered that it is gone').waitFor()
      await button(row, `Show what was given up: ${url}`).click()
      await row.getByText(/^New messages, .*, 1 try\. It answered 410\.$/).waitFor()
      server.answer = { status: 204 }
      await button(row, `Switch on: ${url}`).click()
      await button(row, `Deliver again what was given up: ${url}`).click()
      await row.getByText('The last delivery arrived (status 204)').waitFor()
      expect(JSON.parse(server.arrived.at(-1)?.body ?? '').data.message.data).toBe(
        'is anybody there?',
      )
      server.answer = 'hang'
      await button(row, `Send a test: ${url}`).click()
      await button(row, `Switch off: ${url}`).click()
      await row.getByText('What happens meanwhile is not told later').waitFor()
      await button(row, `Delete: ${url}`).click()
      await confirm(page, 'Delete')
      await row.waitFor({ state: 'detached' })
      const hasKeyboard = () =>
        outgoing.evaluate((element) => element.contains(document.activeElement))
      await expect.poll(hasKeyboard).toBe(true)
      const left = await Array.fromAsync(alice.client.webhooks.all())
      expect(left.map((webhook) => webhook.url)).not.toContain(url)
    })

    test('an incoming webhook is made, speaks, gets another URL, and is deleted', async () => {
      const { alice } = web.people
      const { bot, room } = await addBot(web, 'Builds')
      await openRoom(alice, 'Without bots')
      const page = await asAdmin(web)
      const incoming = part(page, 'Incoming webhooks')
      await button(incoming, 'New incoming webhook').click()
      await choose(page, 'Bot', `@${bot.username}`)
      await choose(page, 'Group', 'Without bots')
      await button(page.getByRole('dialog'), 'Create').click()
      await page.getByText('botId: must be a bot that is in the conversation').waitFor()
      await choose(page, 'Group', 'Builds')
      await button(page.getByRole('dialog'), 'Create').click()
      const url = await takeSecret(page, 'Secret URL')
      expect((await post(url, 'Build 417 is green')).status).toBe(200)
      const name = `${bot.displayName} in Builds`
      await incoming.getByText(name, { exact: true }).waitFor()
      await button(incoming, `New URL: ${name}`).click()
      await button(page.getByRole('dialog'), 'New URL').click()
      const renewed = await takeSecret(page, 'Secret URL')
      expect((await post(url, 'by the old one')).status).toBe(404)
      expect((await post(renewed, 'Build 418 is green')).status).toBe(200)
      await button(incoming, `Delete: ${name}`).click()
      await confirm(page, 'Delete')
      await incoming.getByText(name, { exact: true }).waitFor({ state: 'detached' })
      expect((await post(renewed, 'too late')).status).toBe(410)
      expect(await textsOf(alice, room.id)).toEqual(['Build 417 is green', 'Build 418 is green'])
    })

    test('long addresses and names stay on a narrow screen', async () => {
      const { alice } = web.people
      const { bot, room } = await addBot(web, 'A'.repeat(80))
      await alice.client.hooks.create({ conversationId: room.id, botId: bot.id })
      const url = `https://example.org/${crypto.randomUUID()}${'long'.repeat(60)}`
      await alice.client.webhooks.create({ url, conversationId: room.id })
      const page = await asAdmin(web)
      await page.setViewportSize({ width: 360, height: 780 })
      await part(page, 'Outgoing webhooks').getByText(url, { exact: true }).waitFor()
      await expectNoSidewaysScrolling(page)
      await button(part(page, 'Outgoing webhooks'), 'New outgoing webhook').click()
      await choose(page, 'Group', 'A'.repeat(80))
      await expectNoSidewaysScrolling(page)
    })
  },
  { ALLOW_PRIVATE_ADDRESSES: 'on' },
)
