import { expect, test } from 'vitest'
import { messageIn, openRoom, tickOf, write } from './screen.ts'
import { describeWeb } from './web.ts'

describeWeb('privacy in the web client', (web) => {
  test('with read receipts off, reading shows on own devices only', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Quiet reader', bob)
    const settings = await web.signIn(bob, '/settings')
    const receipts = settings.getByRole('switch', { name: 'Read receipts' })
    await receipts.click()
    await expect.poll(() => receipts.getAttribute('aria-checked')).toBe('false')
    const [a, b] = await Promise.all([web.signIn(alice, room.path), web.signIn(bob, room.path)])
    await write(a, 'Anybody here?')
    await messageIn(b, 'Anybody here?').waitFor()
    const unread = async () => (await bob.client.conversations.get(room.id)).unread
    await expect.poll(unread).toBe(0)
    await tickOf(messageIn(a, 'Anybody here?'), 'Delivered').waitFor()

    const answer = await room.say(bob, 'Me')
    await messageIn(a, 'Me').waitFor()
    await tickOf(messageIn(a, 'Anybody here?'), 'Delivered').waitFor()
    await alice.client.messages.advance(room.id, { read: answer.position })
    await tickOf(messageIn(b, 'Me'), 'Delivered').waitFor()

    await receipts.click()
    await expect.poll(() => receipts.getAttribute('aria-checked')).toBe('true')
    await tickOf(messageIn(b, 'Me'), 'Read').waitFor()
    await tickOf(messageIn(a, 'Anybody here?'), 'Delivered').waitFor()
  })
})
