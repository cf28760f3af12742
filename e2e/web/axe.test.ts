import { makeAdmin } from '@chatapp/dev-env'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { inspector } from './axe.ts'
import { openRoom } from './screen.ts'
import { describeWeb, type Web } from './web.ts'

const WIDE = { viewport: { width: 1280, height: 800 } }
const NARROW = { viewport: { width: 390, height: 844 } }
/** Between them they have every size, theme and language. */
const LOOKS = [
  { name: 'wide and light', ...WIDE, colorScheme: 'light', locale: 'en-US' },
  { name: 'narrow, dark and German', ...NARROW, colorScheme: 'dark', locale: 'de-DE' },
] as const

const CREATE_ACCOUNT = /^(Create account|Konto anlegen)$/
const SHOW_DETAILS = /^(Show details|Details zeigen)$/
const REACT = /^(React|Reagieren)$/
const MORE = /^(More|Mehr)$/
const UNSEND = /^(Unsend|Zurückziehen)$/
const ADD_PEOPLE = /^(Add people|Hinzufügen)$/
const SEARCH_FIELD = /^(Search messages|Nachrichten suchen)$/
const NOTHING_UNREAD = /^(You have read it all|Alles gelesen)$/
const NEW_CONVERSATION = /^(New conversation|Neue Unterhaltung)$/

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

async function openBusyRoom(web: Web) {
  const { alice, bob, carol } = web.people
  const room = await openRoom(alice, 'Busy', bob, carol)
  const first = await room.say(
    bob,
    'Look: **bold**, `code` and https://example.com\n\n- one\n- two\n\n> three',
  )
  await alice.client.messages.react(first.id, '🎉')
  await room.say(bob, '```ts\nconst answer = 42 // of course\n```')
  const gone = await room.say(bob, 'never mind')
  await bob.client.messages.unsend(gone.id)
  await room.say(carol, '@alice @bob: hello')
  await alice.client.messages.send({
    conversationId: room.id,
    data: 'I see',
    replyTo: first.id,
  })
  return room
}

const there = (page: Page, role: 'dialog' | 'menuitem' | 'option' | 'gridcell') =>
  page.getByRole(role).first().waitFor()

async function press(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).last().click()
}

for (const { name, ...options } of LOOKS) {
  const isNarrow = options.viewport.width < 1180

  describeWeb(`axe finds nothing in the web client, ${name}`, (web) => {
    test('on signing in and registering, with mistakes too', async () => {
      const page = await web.visit('/sign-in', options)
      const { look, found } = inspector(page)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await look('sign in')
      await page.locator('[type=submit]').click()
      await page.locator('[aria-invalid]').first().waitFor()
      await look('sign in, mistakes')
      await page.getByRole('link', { name: CREATE_ACCOUNT }).click()
      await press(page, CREATE_ACCOUNT)
      await page.locator('[aria-invalid]').first().waitFor()
      await look('register, mistakes')
      expect(found).toEqual([])
    })

    test('in what was for somebody in particular, empty too', async () => {
      await openBusyRoom(web)
      const page = await web.signIn(web.people.alice, '/activity', options)
      const { look, found } = inspector(page)
      await page.getByRole('listitem').filter({ hasText: '@alice' }).first().waitFor()
      await look('activity')
      const { items } = await web.people.alice.client.messages.activity({ filter: 'unread' })
      for (const { message } of items) {
        const { conversationId, position } = message
        await web.people.alice.client.messages.advance(conversationId, { read: position })
      }
      await page.getByRole('switch').click()
      await page.getByRole('heading', { name: NOTHING_UNREAD }).waitFor()
      await look('activity, nothing unread')
      expect(found).toEqual([])
    })

    test('in a conversation and in what opens in it', async () => {
      const room = await openBusyRoom(web)
      const page = await web.signIn(web.people.alice, room.path, options)
      const { look, found } = inspector(page)
      const mine = page.getByRole('article').filter({ hasText: 'I see' }).last()
      await mine.getByRole('img').waitFor()
      await look('conversation')
      await mine.focus()
      await mine.getByRole('button', { name: REACT }).click()
      await there(page, 'dialog')
      await look('quick reactions')
      await page.keyboard.press('Escape')
      await mine.getByRole('button', { name: MORE }).click()
      await there(page, 'menuitem')
      await look('menu of a message')
      await page.getByRole('menuitem', { name: UNSEND }).click()
      await there(page, 'dialog')
      await look('before unsending')
      await page.keyboard.press('Escape')
      await press(page, /^Emoji$/)
      await there(page, 'gridcell')
      await look('emoji')
      await page.keyboard.press('Escape')
      await page.locator('textarea').fill('@')
      await there(page, 'option')
      await look('mention')
      expect(found).toEqual([])
    })

    test('in the details of a group and of a person', async () => {
      const { alice, bob } = web.people
      const room = await openBusyRoom(web)
      const page = await web.signIn(alice, room.path, options)
      const { look, found } = inspector(page)
      if (isNarrow) await press(page, SHOW_DETAILS)
      const ofBob = page.getByRole('button', { name: /(What to do with|Aktionen für) bob$/ })
      await ofBob.focus()
      await look('group')
      await page.keyboard.press('Enter')
      await there(page, 'menuitem')
      await look('menu of a member')
      await page.keyboard.press('Escape')
      await page.getByRole('menuitem').first().waitFor({ state: 'detached' })
      await press(page, ADD_PEOPLE)
      await there(page, 'option')
      await look('adding people')
      const direct = await alice.client.conversations.openDirect(bob.session.user.id)
      await page.goto(`/c/${direct.id}`)
      await page.locator('textarea').waitFor()
      if (isNarrow) await press(page, SHOW_DETAILS)
      await page.getByText('@bob').waitFor()
      await look('person')
      expect(found).toEqual([])
    })

    test('in the list and in what opens over it', async () => {
      const { alice } = web.people
      await openRoom(alice, 'Empty')
      const page = await web.signIn(alice, '/', options)
      const { look, found } = inspector(page)
      const row = page.getByRole('link', { name: 'Empty' })
      await row.waitFor()
      await look('list')
      await row.focus()
      await page.keyboard.press('Shift+F10')
      await there(page, 'menuitem')
      await look('menu of a conversation')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await there(page, 'option')
      await page.keyboard.type('e')
      await page.locator('[role=listbox]').waitFor()
      await look('palette')
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await there(page, 'dialog')
      await look('shortcuts')
      await page.keyboard.press('Escape')
      await press(page, NEW_CONVERSATION)
      await there(page, 'option')
      await press(page, /^(Make it a group|Eine Gruppe daraus machen)$/)
      await page.getByRole('radio').first().waitFor()
      await look('new group')
      await page.keyboard.press('Escape')
      await row.click()
      await page.locator('textarea').waitFor()
      await look('nothing written yet')
      await page.goto('/c/nowhere')
      await page.getByRole('link', { name: /^(To my conversations|Zu meinen)/ }).waitFor()
      await look('not found')
      expect(found).toEqual([])
    })

    test('in the search', async () => {
      const { alice } = web.people
      await openBusyRoom(web)
      const page = await web.signIn(alice, '/search', options)
      const { look, found } = inspector(page)
      const field = page.getByRole('textbox', { name: SEARCH_FIELD })
      const results = page.getByRole('region', { name: /^(Results|Ergebnisse)$/ })
      const hit = results.getByRole('link', { name: /I see/ }).first()
      await field.waitFor()
      await look('before searching')
      await field.fill('see from:')
      await there(page, 'option')
      await look('choices')
      await field.fill('see from:me')
      await hit.waitFor()
      await look('results')
      await hit.click()
      await page.getByRole('article').filter({ hasText: 'I see' }).first().waitFor()
      await look('opened')
      await page.goto('/search?q=nosuchword+other')
      await page.getByRole('button', { name: 'nosuchword', exact: true }).waitFor()
      await look('nothing found')
      await field.fill('see on:soon "')
      await page.locator('textarea[aria-invalid]').waitFor()
      await look('a wrong query')
      await field.fill('')
      await page.getByRole('button', { name: 'see from:me', exact: true }).waitFor()
      await look('recent searches')
      expect(found).toEqual([])
    })

    test('in the settings', async () => {
      const page = await web.signIn(web.people.alice, '/settings', options)
      const { look, found } = inspector(page)
      await page.getByText(/^(This device|Dieses Gerät)$/).waitFor()
      await look('settings')
      await page.locator('#password [type=submit]').click()
      await page.locator('[aria-invalid]').first().waitFor()
      await look('settings, mistakes')
      const picture = { name: 'dot.png', mimeType: 'image/png' }
      await page
        .locator('input[type=file]')
        .setInputFiles({ ...picture, buffer: Buffer.from(PICTURE, 'base64') })
      await there(page, 'dialog')
      await look('cutting a picture')
      expect(found).toEqual([])
    })

    test('in the integrations', async () => {
      const { alice } = web.people
      await makeAdmin(web.product, alice)
      const { user: bot } = await alice.client.bots.create({ username: `robot-${Date.now()}` })
      const room = await openRoom(alice, 'Robots')
      await alice.client.conversations.addMembers(room.id, [bot.id])
      await alice.client.hooks.create({ conversationId: room.id, botId: bot.id, mayCallAll: true })
      await alice.client.webhooks.create({
        url: 'https://webhook.invalid/',
        conversationId: room.id,
      })
      const page = await web.signIn(alice, '/settings/integrations', options)
      const { look, found } = inspector(page)
      await press(page, new RegExp(`@${bot.username}$`))
      await press(page, /^(New token|Neues Token)$/)
      await there(page, 'dialog')
      await look('a token, shown once')
      await page.keyboard.press('Escape')
      await page.getByText('https://webhook.invalid/').first().waitFor()
      await look('integrations')
      await press(page, /^(New outgoing webhook|Neuer ausgehender Webhook)$/)
      await there(page, 'dialog')
      await page.locator('form [type=submit]').click()
      await page.getByText(/^url: /).waitFor()
      await look('new outgoing webhook, mistakes')
      await page.keyboard.press('Escape')
      await press(page, /^(New incoming webhook|Neuer eingehender Webhook)$/)
      await there(page, 'dialog')
      await look('new incoming webhook')
      const other = await web.signIn(web.people.bob, '/settings/integrations', options)
      const ofBob = inspector(other)
      await other.getByText(/chatapp user promote bob/).waitFor()
      await ofBob.look('integrations of others')
      expect([...found, ...ofBob.found]).toEqual([])
    })

    // The last one: the product is gone then.
    test('offline', async () => {
      const room = await openBusyRoom(web)
      const page = await web.signIn(web.people.alice, room.path, options)
      const { look, found } = inspector(page)
      await page.getByRole('article').first().waitFor()
      await web.product.stop()
      await page.getByRole('button', { name: /^(Retry now|Jetzt versuchen)$/ }).waitFor()
      await page.locator('textarea').fill('later')
      await page.keyboard.press('Enter')
      await page.getByRole('article').filter({ hasText: 'later' }).waitFor()
      await look('offline, with a message that waits')
      expect(found).toEqual([])
    })
  })
}
