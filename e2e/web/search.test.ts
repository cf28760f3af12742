import type { Person } from '@chatapp/dev-env'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectFocus } from './keys.ts'
import { composerIn, listIn, logIn, messageIn, openRoom } from './screen.ts'
import { describeWeb } from './web.ts'

const NARROW = { width: 390, height: 844 }

const fieldIn = (page: Page) => page.getByRole('textbox', { name: 'Search messages' })
const resultsIn = (page: Page) => page.getByRole('region', { name: 'Results' })
const hitIn = (page: Page, text: string) => resultsIn(page).getByRole('link', { name: text })
const pathOf = (page: Page) => new URL(page.url()).pathname

/** The words that are marked in the conversation. */
const markedWords = (page: Page) =>
  page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String))

/** A long conversation with the word in its second message and in the second last one. */
async function openHarbour(alice: Person, bob: Person, title: string) {
  const room = await openRoom(alice, title, bob)
  const sent = []
  for (let i = 0; i < 100; i++) {
    const text = i === 1 || i === 98 ? `the **pump** of ${title} at gate ${i}` : `tide ${i}`
    sent.push(await room.say(bob, text))
  }
  return { ...room, early: sent[1]?.position, late: sent[98]?.position }
}

describeWeb('searching in the web client', (web) => {
  test('a message is found, opened in its context and marked, and back leads to the results', async () => {
    const { alice, bob } = web.people
    const harbour = await openHarbour(alice, bob, 'Harbour')
    const page = await web.signIn(alice, harbour.path)
    await expectFocus(composerIn(page))
    await page.keyboard.press('Control+Shift+F')
    await expectFocus(fieldIn(page))
    await page.keyboard.type('pump harbour')
    await hitIn(page, 'at gate 98').getByText('Harbour', { exact: true }).waitFor()
    await resultsIn(page).getByRole('heading', { name: 'Harbour' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await expectFocus(hitIn(page, 'at gate 98'))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await messageIn(page, 'at gate 1').waitFor()
    expect(pathOf(page)).toBe(`${harbour.path}/${harbour.early}`)
    await expect.poll(() => markedWords(page)).toEqual(['pump', 'Harbour'])
    await expectFocus(hitIn(page, 'at gate 1'))
    await page.reload()
    await hitIn(page, 'at gate 1').waitFor()
    await messageIn(page, 'at gate 1').waitFor()
    await page.goBack()
    await expect.poll(() => pathOf(page)).toBe(harbour.path)
    expect(await fieldIn(page).inputValue()).toBe('pump harbour')
  })

  test('conditions are completed by the keyboard, and what they say is the text', async () => {
    const { alice, bob, carol } = web.people
    const room = await openRoom(alice, 'Team Lunch', bob, carol)
    await room.say(bob, 'soup today')
    await room.say(carol, 'soup tomorrow')
    const page = await web.signIn(alice, '/search?q=soup')
    await hitIn(page, 'soup today').waitFor()
    await expectFocus(fieldIn(page))
    await page.keyboard.press('End')
    await page.keyboard.type(' from:bo')
    await page.getByRole('option', { name: 'bob', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('in:team l')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await page.getByRole('option', { name: 'Team Lunch', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('on:')
    await page.getByRole('option', { name: 'Today' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    expect(await fieldIn(page).inputValue()).toBe('soup from:bob in:"Team Lunch" on:today ')
    await hitIn(page, 'soup tomorrow').waitFor({ state: 'detached' })
    await hitIn(page, 'soup today').waitFor()
  })

  test('what was searched for is offered again, until it is removed', async () => {
    const { alice } = web.people
    const room = await openRoom(alice, 'Notes')
    await room.say(alice, 'a lighthouse')
    const page = await web.signIn(alice, '/search')
    await fieldIn(page).fill('lighthouse')
    await hitIn(page, 'a lighthouse').click()
    await messageIn(page, 'a lighthouse').waitFor()
    const recent = page.getByRole('list', { name: 'Recent searches' })
    await page.getByRole('button', { name: 'Clear the query' }).click()
    await recent.getByRole('button', { name: 'lighthouse', exact: true }).click()
    await hitIn(page, 'a lighthouse').waitFor()
    await page.getByRole('button', { name: 'Clear the query' }).click()
    await recent.getByRole('button', { name: 'Remove “lighthouse”' }).click()
    await recent.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Close the search' }).click()
    await fieldIn(page).waitFor({ state: 'detached' })
  })

  test('within a conversation one goes from hit to hit', async () => {
    const { alice, bob } = web.people
    const harbour = await openHarbour(alice, bob, 'Inner Harbour')
    await openHarbour(alice, bob, 'Outer Harbour')
    const page = await web.signIn(alice, harbour.path)
    await page.getByRole('heading', { name: 'Inner Harbour' }).waitFor()
    await expectFocus(composerIn(page))
    await page.keyboard.press('Control+f')
    await expectFocus(fieldIn(page))
    expect(await fieldIn(page).inputValue()).toBe('in:"Inner Harbour" ')
    await page.keyboard.type('pump')
    await page.getByRole('status').getByText('2 results').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => pathOf(page)).toBe(`${harbour.path}/${harbour.late}`)
    await page.keyboard.press('F3')
    await expect.poll(() => pathOf(page)).toBe(`${harbour.path}/${harbour.early}`)
    await expect.poll(() => markedWords(page)).toEqual(['pump'])
    await page.keyboard.press('Shift+Enter')
    await expect.poll(() => pathOf(page)).toBe(`${harbour.path}/${harbour.late}`)
    await page.keyboard.press('Escape')
    await fieldIn(page).waitFor({ state: 'detached' })
    await expect.poll(() => markedWords(page)).toEqual([])
  })

  test('when nothing is found, less is offered; what is wrong is said where it is', async () => {
    const { alice } = web.people
    const room = await openRoom(alice, 'Quiet')
    await room.say(alice, 'a purple door')
    const page = await web.signIn(alice, '/search')
    await fieldIn(page).fill('purple elephant')
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor()
    await page.getByRole('button', { name: 'purple', exact: true }).click()
    await hitIn(page, 'a purple door').waitFor()
    await fieldIn(page).fill('door on:soon')
    await page.getByText('A day belongs behind on:').waitFor()
    await resultsIn(page).waitFor({ state: 'detached' })
    expect(await fieldIn(page).getAttribute('aria-invalid')).toBe('true')
    await fieldIn(page).fill('door from:nosuch')
    await page.getByText('Nobody has the username “nosuch”.').waitFor()
    await fieldIn(page).fill('door "never')
    await page.getByText('This quotation mark is never closed.').waitFor()
    await fieldIn(page).fill('door')
    await hitIn(page, 'a purple door').waitFor()
    expect(await fieldIn(page).getAttribute('aria-invalid')).toBeNull()
  })

  test('on a narrow screen the search, and what it leads to, fill the screen', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Pocket', bob)
    await room.say(bob, 'a small telescope')
    const page = await web.signIn(alice, '/', { viewport: NARROW })
    await listIn(page).getByRole('button', { name: 'Search messages' }).click()
    await fieldIn(page).fill('telescope')
    await hitIn(page, 'a small telescope').click()
    await messageIn(page, 'a small telescope').waitFor()
    expect(await fieldIn(page).isVisible()).toBe(false)
    await expect.poll(() => markedWords(page)).toEqual(['telescope'])
    await page.getByRole('link', { name: 'Back to the results' }).click()
    await hitIn(page, 'a small telescope').waitFor()
    expect(await logIn(page).isVisible()).toBe(false)
  })
})
