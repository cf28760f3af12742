import { z } from 'zod'
import { route } from './route.ts'

export const createSocketTicket = route({
  id: 'createSocketTicket',
  service: 'gateway',
  method: 'POST',
  path: '/api/ws-ticket',
  summary: 'A ticket that opens one WebSocket, as `/ws?ticket=`',
  auth: 'token',
  answers: { 201: z.object({ ticket: z.string(), expiresIn: z.int() }) },
  errors: [],
})
export const health = route({
  id: 'health',
  service: 'gateway',
  method: 'GET',
  path: '/healthz',
  summary: 'The process is alive',
  auth: 'none',
  answers: { 200: z.object({ status: z.literal('ok') }) },
  errors: [],
})
export const readiness = route({
  id: 'readiness',
  service: 'gateway',
  method: 'GET',
  path: '/readyz',
  summary: 'The process may take traffic; each dependency was checked',
  auth: 'none',
  answers: {
    200: z.object({ status: z.literal('ready'), checks: z.record(z.string(), z.string()) }),
  },
  errors: ['overloaded'],
})
