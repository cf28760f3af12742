import { z } from 'zod'
import { route } from './route.ts'

export const serverInfoSchema = z
  .object({
    mail: z.boolean().describe('Whether it sends mail.'),
    digest: z
      .boolean()
      .default(false)
      .describe('Whether it tells by mail what somebody has missed, to those who want that.'),
  })
  .meta({ id: 'ServerInfo' })
export type ServerInfo = z.infer<typeof serverInfoSchema>

export const getServer = route({
  id: 'getServer',
  service: 'notifications',
  method: 'GET',
  path: '/api/server',
  summary: 'What this server can do',
  auth: 'none',
  answers: { 200: serverInfoSchema },
  errors: [],
})
