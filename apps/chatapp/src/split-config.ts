import { type Environment, portVariable, readEnvironment, StartError } from '@chatapp/service-kit'
import { z } from 'zod'
import type { StoringService } from './database-config.ts'

export const parts = ['gateway', 'users', 'messages', 'notifications'] as const
/** A service that runs in a process of its own. */
export type Part = (typeof parts)[number]

/** Where the services are that do not run in this process. */
export interface SplitConfig {
  urls: Record<StoringService, string[]>
  /** By which they know each other. */
  serviceToken: string | undefined
}

const URL_SENTENCE = 'must be URLs like http://messages:8082, separated by commas'

const urlsVariable = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim()))
  .refine((urls) => urls.every(isServiceUrl), URL_SENTENCE)
  .default([])

const variables = z.object({
  USERS_URL: urlsVariable,
  MESSAGES_URL: urlsVariable,
  NOTIFICATIONS_URL: urlsVariable,
  SERVICE_TOKEN: z
    .string()
    .regex(/^[!-~]{24,200}$/, 'must be 24 to 200 characters without blanks')
    .optional(),
})

/** Throws a StartError that names every variable that is wrong. */
export function readSplitConfig(env: Environment): SplitConfig {
  const given = readEnvironment(variables, env)
  return {
    urls: {
      users: given.USERS_URL,
      messages: given.MESSAGES_URL,
      notifications: given.NOTIFICATIONS_URL,
    },
    serviceToken: given.SERVICE_TOKEN,
  }
}

const DEFAULT_PORTS: Record<Part, number> = {
  gateway: 8080,
  users: 8081,
  messages: 8082,
  notifications: 8083,
}

export function readPort(part: Part, env: Environment): number {
  return readEnvironment(z.object({ PORT: portVariable(DEFAULT_PORTS[part]) }), env).PORT
}

export function isPart(name: string): name is Part {
  return parts.some((part) => part === name)
}

/** Throws a StartError that names all that a service needs when the others run elsewhere. */
export function demandForPart(part: Part, env: Environment): void {
  const missing = NEEDS[part].filter((names) => !names.some((name) => env[name]))
  if (missing.length === 0) return
  const list = missing.map((names) => names.join(' or '))
  throw new StartError(
    `Running ${part} apart from the others needs ${inWords(list)}; set that, or run all of ChatApp in one process with chatapp start`,
  )
}

const COMMON = [['REDIS_URL'], ['SERVICE_TOKEN']]
/** Of each line one variable is enough. */
const NEEDS: Record<Part, string[][]> = {
  gateway: [...COMMON, ['USERS_URL'], ['MESSAGES_URL'], ['NOTIFICATIONS_URL']],
  users: [...COMMON, ['DATABASE_URL', 'USERS_DATABASE_URL'], ['MESSAGES_URL']],
  messages: [
    ...COMMON,
    ['DATABASE_URL', 'MESSAGES_DATABASE_URL'],
    ['USERS_URL'],
    ['NOTIFICATIONS_URL'],
  ],
  notifications: [
    ...COMMON,
    ['DATABASE_URL', 'NOTIFICATIONS_DATABASE_URL'],
    ['USERS_URL'],
    ['MESSAGES_URL'],
  ],
}

/** Throws a StartError when variables say that a part of the product is elsewhere. */
export function refuseElsewhere({ urls }: SplitConfig): void {
  for (const [service, there] of Object.entries(urls)) {
    if (there.length === 0) continue
    throw new StartError(
      `${service.toUpperCase()}_URL says that ${service} runs elsewhere, and chatapp start runs it here; unset that, or start one service, as in chatapp start gateway`,
    )
  }
}

function inWords(items: string[]): string {
  const last = items.at(-1) ?? ''
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${last}` : last
}

function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, origin, href } = new URL(text)
  return /^https?:$/.test(protocol) && href === `${origin}/`
}
