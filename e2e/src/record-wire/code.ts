import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CallsOf, Route } from '@chatapp/protocol'
import type { createClient } from '@chatapp/sdk'
import { z } from 'zod'
import type { JsonObject, TakenLine, Title } from '../recording/recording.ts'

/** The product at one version, checked out in a folder with its dependencies. */
export interface Code extends Title {
  main: string
  createClient: typeof createClient
  taken: TakenLine[]
}

interface Protocol {
  routes: Record<string, Route>
  inboundFrameSchema: z.ZodType
  outboundFrameSchema: z.ZodType
  messagesCalls: CallsOf<unknown>
  usersCalls: CallsOf<unknown>
  notificationsCalls: CallsOf<unknown>
}

export async function readCode(folder: string): Promise<Code> {
  const load = (path: string) => import(pathToFileURL(resolve(folder, path)).href)
  const { PROTOCOL_VERSION, WIRE_HASH } = await load('packages/protocol/src/version.ts')
  return {
    version: PROTOCOL_VERSION,
    hash: WIRE_HASH,
    main: join(resolve(folder), 'apps/chatapp/src/main.ts'),
    createClient: (await load('packages/sdk/src/index.ts')).createClient,
    taken: describeTaken(await load('packages/protocol/src/index.ts')),
  }
}

/** Everything that somebody of this version parses when it comes from another one. */
function describeTaken(protocol: Protocol): TakenLine[] {
  const answers = Object.values(protocol.routes).flatMap(({ id, answers }) =>
    Object.entries(answers).map(([status, schema]) => [`${id} ${status}`, schema] as const),
  )
  const calls = (['messages', 'users', 'notifications'] as const).flatMap((service) =>
    Object.entries<{ args: z.ZodType; answer: z.ZodType }>(protocol[`${service}Calls`]).flatMap(
      ([name, { args, answer }]) =>
        [
          [`${service}.${name} asks`, args],
          [`${service}.${name} answers`, answer],
        ] as const,
    ),
  )
  const named = [
    ['client says', protocol.inboundFrameSchema] as const,
    ['server says', protocol.outboundFrameSchema] as const,
    ...answers,
    ...calls,
  ]
  const shared = new Map<string, TakenLine>()
  const taken = named.flatMap(([name, schema]) =>
    schema ? [{ taken: name, schema: toJsonSchema(schema, shared) }] : [],
  )
  return [...shared.values(), ...taken]
}

/** What has a name of its own is written once, as `#/$defs/name`. */
function toJsonSchema(schema: z.ZodType, shared: Map<string, TakenLine>): JsonObject {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Some need flags that a JSON Schema does not have.
      delete jsonSchema.pattern
      delete jsonSchema.description
    },
  })
  // Through JSON, as it is written down.
  const { $schema: _, $defs = {}, ...own } = JSON.parse(JSON.stringify(made))
  for (const [id, part] of Object.entries<JsonObject>($defs))
    shared.set(id, { taken: `#/$defs/${id}`, schema: part })
  return own
}
