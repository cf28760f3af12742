import { ChatError } from '@chatapp/protocol'
import { Answer } from '@chatapp/service-kit'
import type { Context } from '../context.ts'

/** What people have uploaded: to be shown, never to be run, also when it is opened by itself. */
const HEADERS = {
  'content-type': 'image/webp',
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
}

export async function getAvatar({ avatars }: Pick<Context, 'avatars'>, key: string) {
  const picture = await avatars.find(key)
  if (!picture) throw new ChatError('not-found', 'There is no such picture.')
  return new Answer(200, picture, HEADERS)
}
