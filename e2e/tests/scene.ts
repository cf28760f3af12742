import type { Cast, Person } from '@chatapp/dev-env'

export type Scene = Awaited<ReturnType<typeof openScene>>

/**
 * A fresh group for each call: alice owns it, bob is a member and wrote a message, carol was
 * removed and wrote one before, dan is a stranger. A webhook is told who leaves.
 */
export async function openScene({ alice, bob, carol }: Cast) {
  const room = await alice.client.conversations.create({
    title: 'Room',
    userIds: [bob.session.user.id, carol.session.user.id],
  })
  const send = (person: Person, data: string) =>
    person.client.messages.send({ conversationId: room.id, data })
  const byCarol = await send(carol, 'by carol')
  const byBob = await send(bob, 'by bob')
  await alice.client.conversations.remove(room.id, carol.session.user.id)
  const { webhook } = await alice.client.webhooks.create({
    conversationId: room.id,
    url: 'https://webhook.invalid/',
    events: ['member.left'],
  })
  return { id: room.id, webhookId: webhook.id, byCarol: byCarol.id, byBob: byBob.id }
}
