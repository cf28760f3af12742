import { setTimeout as sleep } from 'node:timers/promises'
import { rawSocket, settle } from '@chatapp/dev-env'
import type { Client, Connection, LiveEvent, SavedSession } from '@chatapp/sdk'
import type { Code } from './code.ts'

/** Whom the scene is played by, each at an address where everything they say is heard. */
export interface Stage {
  code: Code
  urlOf: Record<'alice' | 'bob' | 'carol', string>
  /** How much was said so far. */
  said(): number
}

interface Actor {
  client: Client
  session: SavedSession
  connection: Connection
  events: LiveEvent[]
}

const PASSWORD = 'a pass phrase of that time'
const EMOJI = '👍'
/** So long after the last word an act is over; several times what the slowest answer takes. */
const SILENCE_MS = 1_500

/** Once through everything that people do. Whoever adds to the wire adds it here. */
export async function playScene(stage: Stage): Promise<void> {
  const bob = await enter(stage, 'bob')
  const alice = await enter(stage, 'alice')
  const carol = await signUp(stage, 'carol')
  const act = async (play: () => Promise<unknown>) => {
    await play()
    await silence(stage)
  }
  try {
    const group = await alice.client.conversations.create({
      title: 'The team',
      userIds: [bob.session.user.id],
    })
    for (const one of [alice, bob])
      await heard(one, 'joined', (e) => e.type === 'joined' && e.conversation.id === group.id)
    await act(() => talk(alice, bob, group.id))
    await act(() => amend(alice, bob, group.id))
    await act(() => look(alice, group.id))
    await act(() => keepHouse({ alice, bob, carol }, group.id))
    await act(() => arrange(alice, bob, group.id))
    await act(() => goWrong(alice))
    await act(() => goAndReturn(alice, bob, group.id))
    await act(() => bySocketAlone(stage.urlOf.bob, bob))
    await act(() => settings(alice))
    await act(() => alice.client.users.logout())
  } finally {
    for (const one of [alice.client, bob.client, carol.client]) await one.close()
  }
  await silence(stage)
}

async function silence(stage: Stage): Promise<void> {
  for (let before = -1; stage.said() !== before; await sleep(SILENCE_MS)) before = stage.said()
}

async function signUp({ code, urlOf }: Stage, name: keyof Stage['urlOf']) {
  const client = code.createClient({ url: urlOf[name] })
  const displayName = name.replace(/^./, (letter) => letter.toUpperCase())
  const session = await client.users.register({ username: name, password: PASSWORD, displayName })
  return { client, session }
}

async function enter(stage: Stage, name: keyof Stage['urlOf']): Promise<Actor> {
  const actor = await signUp(stage, name)
  const connection = actor.client.connect()
  const events: LiveEvent[] = []
  connection.onAny((event) => events.push(event))
  await settle(`${name} is online`, () => connection.state.kind === 'online')
  await silence(stage)
  return { ...actor, connection, events }
}

const heard = (actor: Actor, type: LiveEvent['type'], isIt = (_: LiveEvent) => true) =>
  settle(`"${type}" is heard`, () =>
    actor.events.some((event) => event.type === type && isIt(event)),
  )

async function talk(alice: Actor, bob: Actor, groupId: string): Promise<void> {
  alice.connection.watch([bob.session.user.id])
  alice.connection.focus(groupId)
  bob.connection.typing(groupId)
  await heard(alice, 'typing')
  const first = await alice.connection.send(groupId, 'Hello from then, @bob').settled
  await heard(bob, 'message', (e) => e.type === 'message' && e.message.id === first.messageId)
  bob.connection.markRead(groupId, first.position)
  await heard(alice, 'receipt', (e) => e.type === 'receipt' && e.kind === 'read')
  await bob.connection.send(groupId, 'Hello back', { replyTo: first.messageId }).settled
  const direct = await alice.client.conversations.openDirect(bob.session.user.id)
  await alice.connection.send(direct.id, 'Between us').settled
  await alice.client.messages.send({ conversationId: direct.id, data: 'By REST' })
}

async function amend(alice: Actor, bob: Actor, groupId: string): Promise<void> {
  const { messageId } = await alice.connection.send(groupId, 'To be changed').settled
  await bob.client.messages.react(messageId, EMOJI)
  await bob.client.messages.unreact(messageId, EMOJI)
  await bob.client.messages.react(messageId, EMOJI)
  await alice.client.messages.edit(messageId, 'Changed for @all')
  await alice.client.messages.unsend(messageId)
  await heard(bob, 'unsent')
}

async function look({ client, session }: Actor, groupId: string): Promise<void> {
  const { conversations, messages, users } = client
  await users.me()
  await users.get(session.user.id)
  await users.find('bob')
  await users.sessions()
  await conversations.list()
  await conversations.get(groupId)
  await conversations.members(groupId)
  const { items } = await messages.history(groupId)
  const own = items.find(({ kind, senderId }) => kind === 'text' && senderId === session.user.id)
  if (own) await messages.receipts(own.id)
  await messages.sync({ [groupId]: 1 })
  await messages.search('hello', { zone: 'Europe/Berlin' })
  await messages.activity()
  await client.server()
}

async function keepHouse(
  { alice, bob, carol }: { alice: Actor; bob: Actor; carol: Pick<Actor, 'client' | 'session'> },
  groupId: string,
): Promise<void> {
  const { conversations } = alice.client
  const { id } = carol.session.user
  await conversations.update(groupId, { title: 'The whole team' })
  await conversations.addMembers(groupId, [id])
  await conversations.setRole(groupId, id, 'admin')
  await carol.client.conversations.get(groupId)
  await conversations.remove(groupId, id)
  await conversations.addMembers(groupId, [id])
  await carol.client.conversations.leave(groupId)
  await heard(bob, 'participant')
}

async function arrange(alice: Actor, bob: Actor, groupId: string): Promise<void> {
  const { client } = alice
  await client.conversations.update(groupId, { pinned: true, notify: 'all' })
  await client.conversations.saveDraft(groupId, 'Not yet')
  await client.conversations.saveDraft(groupId, '')
  const { position } = await bob.connection.send(groupId, 'Unread for a while').settled
  await client.conversations.markUnread(groupId, position)
  await client.messages.advance(groupId, { read: position })
  await client.users.updateMe({ bio: 'Was here', preferences: { theme: 'dark' } })
  await heard(alice, 'self')
}

/** Each is refused, by frame and by REST. */
async function goWrong({ client, connection }: Actor): Promise<void> {
  const nowhere = '00000000-0000-7000-8000-000000000000'
  await connection.send(nowhere, 'To nobody').settled.catch(() => undefined)
  for (const { clientId } of connection.outbox.items) connection.outbox.discard(clientId)
  await client.conversations.get(nowhere).catch(() => undefined)
  await client.users.updateMe({ displayName: '' }).catch(() => undefined)
  await client.messages.send({ conversationId: nowhere, data: 'To nobody' }).catch(() => undefined)
}

/** Away for a while, and back with what was known. */
async function goAndReturn(alice: Actor, bob: Actor, groupId: string): Promise<void> {
  const known = alice.connection.known()
  await alice.connection.close()
  await bob.connection.send(groupId, 'While you were away').settled
  await alice.client.users.refresh()
  alice.connection = alice.client.connect({ known })
  alice.connection.onAny((event) => alice.events.push(event))
  const { connection } = alice
  await settle('alice is back', () => connection.state.kind === 'online')
  await connection.send(groupId, 'Back again').settled
}

/** What our own client says by REST or not at all, and those of others may say. */
async function bySocketAlone(url: string, { session }: Actor): Promise<void> {
  await using socket = rawSocket(url, session.accessToken)
  const { conversationId } = await socket.next('welcome').then(async () => {
    socket.send({ type: 'message', data: 'To the lobby' })
    return socket.next('ack')
  })
  socket.send({ type: 'sync', conversations: { [conversationId]: 1 } })
  await socket.next('synced')
  socket.send({ type: 'authenticate', accessToken: session.accessToken })
  socket.send({ type: 'delivered', conversationId, position: 1 })
  socket.send({ type: 'nothing of ours' })
  await socket.next('error')
  socket.send({ type: 'ping' })
  await socket.next('pong')
}

async function settings({ client }: Actor): Promise<void> {
  await client.notifications.preferences()
  await client.notifications.updatePreferences({ payload: 'sender' })
  await client.notifications.subscriptions()
  await client.notifications.vapidPublicKey()
  await client.notifications.log()
  await client.call('createSocketTicket')
}
