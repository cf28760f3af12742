import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoSidewaysScrolling, listIn, logIn, messageIn, openRoom } from './screen.ts'
import { describeWeb } from './web.ts'

const IMAGE = '<img src=x onerror="window.hacked=1">'

const NASTY = [
  IMAGE,
  '<script>window.hacked=1</script>',
  '<svg/onload=window.hacked=1>',
  '[press me](javascript:window.hacked=1)',
  '[press me](JaVaScRiPt&colon;window.hacked=1)',
  '[press me](data:text/html,<script>window.hacked=1</script>)',
  '<javascript:window.hacked=1>',
  '![picture](x" onerror="window.hacked=1)',
  '```html\n<svg/onload=window.hacked=1>\n```',
  '\u202Egnp.exe',
  'a'.repeat(9_999),
  `${'z\u200B\u200D\uFEFF'.repeat(500)}`,
  `Z${'\u0300'.repeat(500)}`,
]

const isHacked = (page: Page) => page.evaluate(() => 'hacked' in window)

const linksIn = (page: Page) =>
  page
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).protocol))

describeWeb('nasty texts in the web client', (web) => {
  test('messages that try to be more than text are shown and do nothing', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Lab', bob)
    const page = await web.signIn(alice, room.path)
    for (const [index, text] of NASTY.entries()) {
      await room.say(bob, text)
      await room.say(bob, `after number ${index}`)
      await logIn(page).getByText(`after number ${index}`, { exact: true }).waitFor()
      expect(await isHacked(page)).toBe(false)
      const pressable = await logIn(page).getByRole('link').count()
      expect(pressable, text.slice(0, 50)).toBe(0)
      await expectNoSidewaysScrolling(page)
    }
    expect(new Set(await linksIn(page))).toEqual(new Set(['http:']))
  })

  test('what looks like markup can be read as it was written', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Reading', bob)
    const page = await web.signIn(alice, room.path)
    await room.say(bob, IMAGE)
    await messageIn(page, IMAGE).waitFor()
    await listIn(page).getByRole('link', { name: 'Reading' }).getByText(IMAGE).waitFor()
  })

  test('names and titles do nothing either', async () => {
    const { alice, bob } = web.people
    await bob.client.users.updateMe({ displayName: '<b onclick=x>Bob' })
    const room = await openRoom(alice, IMAGE, bob)
    await room.say(bob, 'who am I?')
    const page = await web.signIn(alice, room.path)
    await page.getByRole('heading', { name: IMAGE }).waitFor()
    await messageIn(page, '<b onclick=x>').waitFor()
    expect(await isHacked(page)).toBe(false)
    await expectNoSidewaysScrolling(page)
  })
})
