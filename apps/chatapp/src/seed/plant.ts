import type { Message } from '@chatapp/protocol'
import { type Actors, actor, openPlace } from './actors.ts'
import { patiently } from './patience.ts'
import type { Random } from './random.ts'
import type { Line, Scene } from './script.ts'

interface PlantOptions {
  actors: Actors
  random: Random
  /** After every message. */
  onMessage: () => void
}

/** Plays all scenes at the same time, each in its order. */
export async function plant(scenes: Scene[], options: PlantOptions): Promise<void> {
  await Promise.all(scenes.map((scene) => playScene(scene, options)))
}

async function playScene({ place, lines }: Scene, options: PlantOptions): Promise<void> {
  const { id } = await openPlace(options.actors, place)
  let previous: Message | undefined
  for (const line of lines) {
    previous = await playLine(line, { ...options, conversationId: id, previous })
    options.onMessage()
  }
  const last = previous?.position ?? 0
  for (const username of place.usernames) await readSome(username, { ...options, id, last })
}

interface Stage extends PlantOptions {
  conversationId: string
  previous: Message | undefined
}

async function playLine(line: Line, { actors, conversationId, previous }: Stage): Promise<Message> {
  const { messages } = actor(actors, line.username)
  const replyTo = line.isReply && previous ? { replyTo: previous.id } : {}
  const clientId = crypto.randomUUID()
  const sent = await patiently(() =>
    messages.send({ conversationId, clientId, data: line.text, ...replyTo }),
  )
  const { correction } = line
  if (correction) await patiently(() => messages.edit(sent.id, correction))
  if (line.isMistake) await patiently(() => messages.unsend(sent.id))
  for (const { username, emoji } of line.reactions) {
    await patiently(() => actor(actors, username).messages.react(sent.id, emoji))
  }
  return sent
}

/** Most have read everything, some have a little left, so that there is something to catch up on. */
async function readSome(
  username: string,
  { actors, random, id, last }: PlantOptions & { id: string; last: number },
): Promise<void> {
  const left = random() < 0.6 ? 0 : Math.ceil(random() * 12)
  const { messages } = actor(actors, username)
  const read = Math.max(0, last - left)
  await patiently(() => messages.advance(id, { delivered: last, read }))
}
