import { expect, test } from 'vitest'
import { composerIn, listIn, logIn, messageIn, openRoom, textsOf, tickOf, write } from './screen.ts'
import { describeWeb } from './web.ts'

describeWeb('one account on several devices', (web) => {
  test('a draft follows to the other device and is sent from there once', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Letters', bob)
    const [desk, phone] = await Promise.all([
      web.signIn(alice, room.path),
      web.signIn(alice, room.path),
    ])
    await desk.getByRole('heading', { name: 'Letters' }).waitFor()
    await composerIn(desk).fill('Dear Bob')
    await expect.poll(() => composerIn(phone).inputValue()).toBe('Dear Bob')
    await composerIn(phone).press('Enter')
    await messageIn(desk, 'Dear Bob').waitFor()
    await expect.poll(() => composerIn(desk).inputValue()).toBe('')
    expect(await textsOf(bob, room.id)).toEqual(['Dear Bob'])
  })

  test('a device that is signed out from another one ends', async () => {
    const { carol } = web.people
    const old = await web.signIn(carol)
    await listIn(old).waitFor()
    const current = await web.signIn(carol, '/settings')
    await current.getByRole('button', { name: 'Sign out all others' }).click()
    await old.getByRole('button', { name: 'Sign in' }).waitFor()
    await old.getByText('You have been signed out').waitFor()
    expect(await listIn(old).count()).toBe(0)
    await listIn(current).waitFor()
  })

  test('who types is said, until the message is there', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Keys', bob)
    const [a, b] = await Promise.all([web.signIn(alice, room.path), web.signIn(bob, room.path)])
    await b.getByRole('heading', { name: 'Keys' }).waitFor()
    await composerIn(a).pressSequentially('clack')
    await b.getByText('alice is typing').waitFor()
    await composerIn(a).press('Enter')
    await messageIn(b, 'clack').waitFor()
    expect(await b.getByText('alice is typing').count()).toBe(0)
  })

  test('what the server refuses keeps its text, and can be tried again or discarded', async () => {
    const { alice, bob } = web.people
    const room = await openRoom(alice, 'Revolving door', bob)
    const b = await web.signIn(bob, room.path)
    await b.getByRole('heading', { name: 'Revolving door' }).waitFor()
    await b.context().setOffline(true)
    await write(b, 'try me again')
    await write(b, 'forget me')
    await tickOf(messageIn(b, 'forget me'), 'Waiting to be sent').waitFor()
    await alice.client.conversations.remove(room.id, bob.session.user.id)
    await b.context().setOffline(false)
    const entry = listIn(b).getByRole('link', { name: 'Revolving door' })
    await entry.waitFor({ state: 'detached' })
    await alice.client.conversations.addMembers(room.id, [bob.session.user.id])
    await entry.click()
    await tickOf(messageIn(b, 'try me again'), 'Not sent').waitFor()
    await messageIn(b, 'forget me').getByRole('button', { name: 'Discard' }).click()
    await messageIn(b, 'forget me').waitFor({ state: 'detached' })
    await messageIn(b, 'try me again').getByRole('button', { name: 'Try again' }).click()
    await tickOf(messageIn(b, 'try me again'), 'Sent').waitFor()
    expect(await logIn(b).getByRole('alert').count()).toBe(0)
    expect(await textsOf(alice, room.id)).toEqual(['try me again'])
  })
})
