import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  actionsOf,
  composerIn,
  listIn,
  logIn,
  messageIn,
  openRoom,
  textsOf,
  tickOf,
  write,
} from './screen.ts'
import { describeWeb, type Web } from './web.ts'

const PASSWORD = 'a pass phrase for browsers'

async function register(web: Web, username: string): Promise<Page> {
  const page = await web.visit('/register')
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await listIn(page).waitFor()
  return page
}

/** Alice and Bob, each in a browser, in a group of their own. */
async function inOneRoom(web: Web, title: string) {
  const { alice, bob } = web.people
  const room = await openRoom(alice, title, bob)
  const [a, b] = await Promise.all([web.signIn(alice, room.path), web.signIn(bob, room.path)])
  return { a, b, room }
}

describeWeb('talking in the web client', (web) => {
  test('two people register, talk in a group and see what was read', async () => {
    const [a, b] = await Promise.all([register(web, 'erin'), register(web, 'frank')])
    const client = web.product.client()
    await client.users.login({ username: 'erin', password: PASSWORD })
    const [frank] = (await client.users.find('frank')).items
    await client.conversations.create({ title: 'Trip', userIds: [frank?.id ?? ''] })
    await listIn(a).getByRole('link', { name: 'Trip' }).click()
    await write(a, 'Where to?')
    await tickOf(messageIn(a, 'Where to?'), 'Delivered').waitFor()
    await listIn(b).getByRole('link', { name: 'Trip' }).click()
    await messageIn(b, 'Where to?').waitFor()
    await tickOf(messageIn(a, 'Where to?'), 'Read').waitFor()
    await write(b, 'To the sea!')
    await messageIn(a, 'To the sea!').waitFor()
    await tickOf(messageIn(b, 'To the sea!'), 'Read').waitFor()
  })

  test('an edited message changes and an unsent one disappears for both', async () => {
    const { a, b, room } = await inOneRoom(web, 'Second thoughts')
    await write(a, 'Meet at six')
    await messageIn(b, 'Meet at six').waitFor()
    const actions = await actionsOf(messageIn(a, 'Meet at six'))
    await actions.getByRole('button', { name: 'Edit', exact: true }).click()
    await a.getByText('Editing your message').waitFor()
    await expect.poll(() => composerIn(a).inputValue()).toBe('Meet at six')
    await write(a, 'Meet at seven')
    await Promise.all(
      [a, b].map((page) => messageIn(page, 'Meet at seven').getByText('edited').waitFor()),
    )
    const again = await actionsOf(messageIn(a, 'Meet at seven'))
    await again.getByRole('button', { name: 'More', exact: true }).click()
    await a.getByRole('menuitem', { name: 'Unsend' }).click()
    await a.getByRole('dialog').getByRole('button', { name: 'Unsend' }).click()
    for (const page of [a, b]) {
      await logIn(page).getByText('Message unsent').waitFor()
      expect(await messageIn(page, 'Meet at').count()).toBe(0)
    }
    expect(await textsOf(web.people.bob, room.id)).toEqual([])
  })

  test('a reaction is seen, joined and taken back', async () => {
    const { a, b } = await inOneRoom(web, 'Applause')
    await write(a, 'It works')
    const actions = await actionsOf(messageIn(b, 'It works'))
    await actions.getByRole('button', { name: 'React', exact: true }).click()
    await b.getByRole('button', { name: '🎉', exact: true }).click()
    const chip = (page: Page, count: number) =>
      messageIn(page, 'It works').getByRole('button', { name: new RegExp(`^🎉 ${count}:`) })
    await chip(a, 1).click()
    await Promise.all([a, b].map((page) => chip(page, 2).waitFor()))
    await chip(b, 2).click()
    await Promise.all([a, b].map((page) => chip(page, 1).waitFor()))
  })

  test('what is read on one device is no longer unread on the other', async () => {
    const { alice, bob, carol } = web.people
    const [room, other] = [await openRoom(alice, 'Both', bob), await openRoom(carol, 'Else', bob)]
    const [desk, phone] = await Promise.all([
      web.signIn(bob, other.path),
      web.signIn(bob, other.path),
    ])
    for (const text of ['one', 'two']) await room.say(alice, text)
    const entry = (page: Page) => listIn(page).getByRole('link', { name: 'Both' })
    const badge = (page: Page) => entry(page).getByText('2 unread messages')
    await Promise.all([desk, phone].map((page) => badge(page).waitFor()))
    await entry(desk).click()
    await messageIn(desk, 'two').waitFor()
    await badge(phone).waitFor({ state: 'detached' })
    expect((await bob.client.conversations.get(room.id)).unread).toBe(0)
  })

  test('in a larger group the composer asks before it calls everybody', async () => {
    const { alice, bob, carol, dan } = web.people
    const room = await openRoom(alice, 'All hands', bob, carol, dan)
    const crowd = ['gail', 'hugh'].map(async (username) => {
      const { user } = await web.product.client().users.register({ username, password: PASSWORD })
      return user.id
    })
    await alice.client.conversations.addMembers(room.id, await Promise.all(crowd))
    const a = await web.signIn(alice, room.path)
    await a.getByRole('heading', { name: 'All hands' }).waitFor()
    const question = a.getByRole('dialog', { name: 'Mention all 6 members?' })
    await write(a, 'Look, @all of you')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    await expect.poll(() => composerIn(a).inputValue()).toBe('Look, @all of you')
    await composerIn(a).press('Enter')
    await question.getByRole('button', { name: 'Send' }).click()
    await messageIn(a, 'Look, @all of you').locator('.mention').waitFor()
    expect(await composerIn(a).inputValue()).toBe('')
    expect(await textsOf(bob, room.id)).toEqual(['Look, @all of you'])
    await write(a, 'In code, `@all` calls nobody')
    await messageIn(a, 'In code').waitFor()
  })

  test('a conversation is marked unread on all devices until it is opened again', async () => {
    const { alice, bob, carol } = web.people
    const [room, other] = [await openRoom(alice, 'Later', bob), await openRoom(carol, 'Now', bob)]
    for (const text of ['one', 'two', 'three']) await room.say(alice, text)
    const [desk, phone] = [await web.signIn(bob, room.path), await web.signIn(bob, other.path)]
    const unread = async () => (await bob.client.conversations.get(room.id)).unread
    await messageIn(desk, 'three').waitFor()
    await expect.poll(unread).toBe(0)
    const actions = await actionsOf(messageIn(desk, 'two'))
    await actions.getByRole('button', { name: 'More', exact: true }).click()
    await desk.getByRole('menuitem', { name: 'Mark unread from here' }).click()
    const entry = (page: Page) => listIn(page).getByRole('link', { name: 'Later' })
    const badge = (page: Page, count: number) => entry(page).getByText(`${count} unread message`)
    await Promise.all([desk, phone].map((page) => badge(page, 2).waitFor()))
    await logIn(desk).getByText('New', { exact: true }).waitFor()
    await room.say(alice, 'four')
    await Promise.all([desk, phone].map((page) => badge(page, 3).waitFor()))
    expect(await unread()).toBe(3)

    await entry(phone).click()
    await logIn(phone).getByText('New', { exact: true }).waitFor()
    await Promise.all([desk, phone].map((page) => badge(page, 3).waitFor({ state: 'detached' })))
    await expect.poll(unread).toBe(0)
  })
})
