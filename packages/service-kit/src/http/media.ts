import { ChatError, type Route } from '@chatapp/protocol'
import type { FastifyRequest } from 'fastify'

/** As HTML forms are sent. */
export const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data']

/** Images and forms are read everywhere: only where they are asked for may they be sent, and nothing else. */
export function refuseOtherMedia({ upload, form }: Route, { headers }: FastifyRequest): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  const isForm = FORM_TYPES.includes(type)
  const isWanted = upload ? upload.types.includes(type) : !type.startsWith('image/') && !isForm
  if (isWanted || (form && isForm)) return
  const wanted = upload ? upload.types.join(', ') : 'application/json'
  throw new ChatError('unsupported-media-type', `This path takes ${wanted}.`)
}
