import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { composerIn, listIn, logIn, messageIn, write } from './screen.ts'
import { describeWeb } from './web.ts'

/** Chooses people by their names in the dialog that is open. */
async function choose(page: Page, ...names: string[]): Promise<void> {
  const field = page.getByRole('dialog').getByRole('combobox', { name: 'People' })
  for (const name of names) {
    await field.fill(name)
    await page.getByRole('option', { name }).click()
  }
}

const detailsIn = (page: Page) => page.getByRole('complementary', { name: 'Details' })
const rowIn = (page: Page, title: string) => listIn(page).getByRole('link', { name: title })

describeWeb('a group in the web client', (web) => {
  test('is made of people, talks, grows, is renamed and shrinks before everybody’s eyes', async () => {
    const { alice, bob, carol, dan } = web.people
    const [a, b, c] = await Promise.all([alice, bob, carol].map((person) => web.signIn(person)))
    if (!a || !b || !c) throw new Error('three people have three pages')
    await listIn(a).getByRole('button', { name: 'New conversation' }).click()
    await choose(a, 'bob', 'carol')
    await a.getByRole('textbox', { name: 'Name of the group' }).fill('Hikers')
    await a.getByRole('button', { name: 'Create group' }).click()
    await a.getByRole('heading', { name: 'Hikers' }).waitFor()
    for (const page of [b, c]) await rowIn(page, 'Hikers').click()
    await write(a, 'Up the hill?')
    await write(b, 'In the rain?')
    await write(c, 'Of course!')
    for (const page of [a, b, c]) {
      for (const text of ['Up the hill?', 'In the rain?', 'Of course!']) {
        await messageIn(page, text).waitFor()
      }
    }

    await detailsIn(a).getByRole('button', { name: 'Add people' }).click()
    await choose(a, 'dan')
    await a.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
    await logIn(b).getByText('alice added dan').waitFor()
    const d = await web.signIn(dan)
    await rowIn(d, 'Hikers').click()
    await messageIn(d, 'Up the hill?').waitFor()

    await detailsIn(a).getByRole('button', { name: 'Rename' }).click()
    await detailsIn(a).getByRole('textbox', { name: 'Title' }).fill('Swimmers')
    await a.keyboard.press('Enter')
    for (const page of [b, c, d]) {
      await page.getByRole('heading', { name: 'Swimmers' }).waitFor()
      await logIn(page).getByText('alice renamed it to “Swimmers”').waitFor()
    }

    await detailsIn(c).getByRole('button', { name: 'Leave the group' }).click()
    await c.getByRole('dialog').getByRole('button', { name: 'Leave the group' }).click()
    await logIn(b).getByText('carol left').waitFor()
    await rowIn(c, 'Swimmers').waitFor({ state: 'detached' })

    await detailsIn(a).getByText('dan', { exact: true }).hover()
    await detailsIn(a).getByRole('button', { name: 'What to do with dan' }).click()
    await a.getByRole('menuitem', { name: 'Remove from the group' }).click()
    await a.getByRole('dialog').getByRole('button', { name: 'Remove from the group' }).click()
    await logIn(b).getByText('alice removed dan').waitFor()
    await d.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    expect(await composerIn(d).count()).toBe(0)
    await rowIn(d, 'Swimmers').waitFor({ state: 'detached' })
  })
})
