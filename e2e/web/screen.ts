import type { Person } from '@chatapp/dev-env'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** What people find on the page, by the names that they hear and read. */
export const listIn = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })
export const logIn = (page: Page) => page.getByRole('log', { name: 'Messages' })
export const composerIn = (page: Page) =>
  page.getByRole('textbox', { name: 'Message', exact: true })

/** The place below the list that says who I am, and whether others see me. */
export const presenceIn = (page: Page) => listIn(page).getByRole('group', { name: 'You' })

export const isFocused = (locator: Locator) =>
  locator.evaluate((element) => element === document.activeElement)

export const messageIn = (page: Page, text: string) =>
  logIn(page).getByRole('article').filter({ hasText: text })

export const tickOf = (message: Locator, name: string) =>
  message.getByRole('img', { name, exact: true })

/** What a log shows of the queued texts, from top to bottom. */
export const queuedIn = (page: Page) =>
  logIn(page)
    .getByText(/^queued/)
    .allTextContents()

/** From then on the page can be loaded without a network. */
export async function untilKept(page: Page): Promise<void> {
  const isInCharge = () => page.evaluate(() => navigator.serviceWorker.controller !== null)
  await expect.poll(isInCharge).toBe(true)
}

export async function write(page: Page, text: string): Promise<void> {
  await composerIn(page).fill(text)
  await composerIn(page).press('Enter')
}

/** The bar with the actions of a message, which shows while it is pointed at. */
export async function actionsOf(message: Locator): Promise<Locator> {
  await message.hover()
  return message.getByRole('toolbar', { name: 'Message actions' })
}

export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const excess = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  await expect.poll(excess).toBeLessThanOrEqual(0)
}

const idOf = (person: Person) => person.session.user.id

export async function openRoom(owner: Person, title: string, ...others: Person[]) {
  const room = await owner.client.conversations.create({ title, userIds: others.map(idOf) })
  const path = `/c/${room.id}`
  const say = (person: Person, data: string) =>
    person.client.messages.send({ conversationId: room.id, data })
  return { id: room.id, path, say }
}

/** The texts of a conversation as the server has them. */
export async function textsOf(person: Person, conversationId: string): Promise<string[]> {
  const { items } = await person.client.messages.history(conversationId, { after: 0, limit: 200 })
  return items.flatMap((item) => (item.kind === 'text' && item.data !== null ? [item.data] : []))
}
