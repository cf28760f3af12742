import { expect, test } from 'vitest'
import { composerIn, logIn, messageIn, openRoom, textsOf, untilKept } from './screen.ts'
import { describeWeb, type Web } from './web.ts'
import { pushedWorkerOf } from './worker.ts'

/** Bob in another conversation than the one that he is told of. */
async function inAnotherRoom(web: Web, options = {}) {
  const { alice, bob } = web.people
  const room = await openRoom(alice, 'Camping', bob)
  const other = await openRoom(alice, 'Office', bob)
  const page = await web.signIn(bob, other.path, options)
  await untilKept(page)
  return { page, room, worker: await pushedWorkerOf(page) }
}

const TITLE = 'alice · Camping'
const UNNAMED = { title: 'ChatApp', body: 'New message' }
const OTHERS = { title: 'ChatApp', body: '3 new messages' }

describeWeb('the service worker', (web) => {
  test('shows one notification for each conversation, with the latest and the count', async () => {
    const { worker, room } = await inAnotherRoom(web)
    const message = { type: 'message', conversationId: room.id, title: TITLE } as const
    await worker.deliver(
      { ...message, position: 1, count: 1, body: 'Who brings the tent?' },
      { [room.id]: { title: TITLE, body: 'Who brings the tent?' } },
    )
    await worker.deliver(
      { ...message, position: 2, count: 2, body: 'And the stove?' },
      { [room.id]: { title: `${TITLE} (2)`, body: 'And the stove?' } },
    )
    const other = crypto.randomUUID()
    await worker.deliver(
      { type: 'message', conversationId: other, position: 4, count: 3 },
      { [room.id]: { title: `${TITLE} (2)`, body: 'And the stove?' }, [other]: OTHERS },
    )
    await worker.deliver({ type: 'close', conversationId: room.id }, { [other]: OTHERS })
  })

  test('counts on the icon what it tells of, while no page is open', async () => {
    const { page, worker, room } = await inAnotherRoom(web)
    expect(await worker.counted()).toBeNull()
    await page.goto('about:blank')
    const other = crypto.randomUUID()
    const message = { type: 'message', position: 4 } as const
    await worker.deliver({ ...message, conversationId: room.id, count: 1 }, { [room.id]: UNNAMED })
    await expect.poll(worker.counted).toBe(1)
    const both = { [room.id]: UNNAMED, [other]: OTHERS }
    await worker.deliver({ ...message, conversationId: other, count: 3 }, both)
    await expect.poll(worker.counted).toBe(4)
    await worker.deliver({ type: 'close', conversationId: other }, { [room.id]: UNNAMED })
    await expect.poll(worker.counted).toBe(1)
    await worker.deliver({ type: 'close', conversationId: room.id }, {})
    await expect.poll(worker.counted).toBe(0)
  })

  test('speaks the language of the person', async () => {
    const { worker, room } = await inAnotherRoom(web, { locale: 'de-DE' })
    const message = { type: 'message', conversationId: room.id, position: 2, count: 2 } as const
    await worker.deliver(
      { ...message, title: TITLE },
      { [room.id]: { title: TITLE, body: '2 neue Nachrichten' } },
    )
    await worker.deliver({ type: 'close', conversationId: room.id }, {})
    const body = 'Dieses Gerät erfährt von neuen Nachrichten, auch wenn ChatApp geschlossen ist.'
    await worker.deliver({ type: 'test' }, { test: { title: 'Push-Nachrichten kommen an', body } })
  })

  test('opens the message in the page that is open, without loading it again', async () => {
    const { page, worker, room } = await inAnotherRoom(web)
    const { position } = await room.say(web.people.alice, 'Who brings the tent?')
    let loads = 0
    page.on('load', () => {
      loads += 1
    })
    await worker.deliver(
      { type: 'message', conversationId: room.id, position, count: 1 },
      { [room.id]: UNNAMED },
    )
    await worker.click(room.id)
    await page.waitForURL(`${room.path}/${position}`)
    await messageIn(page, 'Who brings the tent?').waitFor()
    await expect.poll(worker.shown).toEqual({})
    expect(loads).toBe(0)
  })

  test('an answer from the notification is sent', async () => {
    const { alice, bob } = web.people
    const { page, worker, room } = await inAnotherRoom(web)
    await worker.deliver(
      { type: 'message', conversationId: room.id, position: 1, count: 1 },
      { [room.id]: UNNAMED },
    )
    await worker.click(room.id, { action: 'reply', reply: ' I do ' })
    await expect.poll(() => textsOf(alice, room.id)).toEqual(['I do'])
    expect(new URL(page.url()).pathname).not.toContain(room.id)
    // The page’s own session goes on with the cookie that the worker has renewed.
    await page.reload()
    await logIn(page).waitFor()
    expect(await textsOf(bob, room.id)).toEqual(['I do'])
  })

  test('an answer that could not be sent waits in the composer', async () => {
    const { page, worker, room } = await inAnotherRoom(web)
    await worker.deliver(
      { type: 'message', conversationId: room.id, position: 1, count: 1 },
      { [room.id]: UNNAMED },
    )
    await page.context().setOffline(true)
    await worker.click(room.id, { action: 'reply', reply: 'I do' })
    await expect.poll(worker.shown).toMatchObject({ [room.id]: { body: 'I do' } })
    await worker.click(room.id)
    await expect.poll(() => composerIn(page).inputValue()).toBe('I do')
    expect(new URL(page.url()).pathname).toContain(room.id)
    await page.context().setOffline(false)
  })

  test('old news are one notification, which shrinks and goes', async () => {
    const { page, worker, room } = await inAnotherRoom(web)
    const titles = ['alice · Camping', 'dan']
    const summary = { type: 'summary' as const, titles }
    const shown = { title: '7 new messages', body: 'alice · Camping, dan and 38 more' }
    await worker.deliver({ ...summary, count: 7, conversations: 40 }, { summary: shown })
    const rest = { title: '5 new messages', body: 'alice · Camping, dan' }
    await worker.deliver({ ...summary, count: 5, conversations: 2 }, { summary: rest })
    await worker.deliver(
      { type: 'message', conversationId: room.id, position: 4, count: 3 },
      { summary: rest, [room.id]: OTHERS },
    )
    await worker.deliver({ type: 'close-summary' }, { [room.id]: OTHERS })
    await worker.deliver(
      { ...summary, count: 5, conversations: 2 },
      { summary: rest, [room.id]: OTHERS },
    )
    await worker.click('summary')
    await page.waitForURL((url) => url.pathname === '/')
    await expect.poll(worker.shown).toEqual({ [room.id]: OTHERS })
  })

  test('old news of one conversation open it', async () => {
    const { page, worker, room } = await inAnotherRoom(web)
    const { position } = await room.say(web.people.alice, 'Who brings the tent?')
    const only = { conversationId: room.id, position }
    await worker.deliver(
      { type: 'summary', count: 1, conversations: 1, only },
      { summary: UNNAMED },
    )
    await worker.click('summary')
    await page.waitForURL(`${room.path}/${position}`)
    await messageIn(page, 'Who brings the tent?').waitFor()
  })

  test('what is read here is taken back here', async () => {
    const { page, worker, room } = await inAnotherRoom(web)
    const { position } = await room.say(web.people.alice, 'Who brings the tent?')
    await worker.deliver(
      { type: 'message', conversationId: room.id, position, count: 1 },
      { [room.id]: UNNAMED },
    )
    await page.getByRole('link', { name: 'Camping' }).first().click()
    await messageIn(page, 'Who brings the tent?').waitFor()
    await expect.poll(worker.shown).toEqual({})
  })
})
