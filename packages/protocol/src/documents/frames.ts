import type { z } from 'zod'
import { inboundFrameSchema } from '../socket/inbound.ts'
import { outboundFrameSchema } from '../socket/outbound.ts'
import { inboundExamples, outboundExamples } from './examples/frames.ts'
import { frameNotes } from './frame-notes.ts'
import type { Direction } from './json-schema.ts'

export interface Frame {
  /** Of its schema: `MessageIn`, `AckFrame`. */
  id: string
  /** Values of `type`: one, or two for receipts. */
  types: string[]
  direction: Direction
  schema: z.ZodType
  note: string
  examples: { type: string }[]
}

/** Every frame of the socket, those that clients send first. */
export function listFrames(): Frame[] {
  return [
    ...inboundFrameSchema.options.map((schema) => describe(schema, 'input', inboundExamples)),
    ...outboundFrameSchema.options.map((schema) => describe(schema, 'output', outboundExamples)),
  ]
}

type FrameSchema =
  | (typeof inboundFrameSchema.options)[number]
  | (typeof outboundFrameSchema.options)[number]

function describe(
  schema: FrameSchema,
  direction: Direction,
  examples: Record<string, { type: string }>,
): Frame {
  const id = schema.meta()?.id
  const note = frameNotes[id as keyof typeof frameNotes]
  if (id === undefined || note === undefined)
    throw new Error(`Frame ${id} needs an id and a note in frame-notes.ts.`)
  const { type } = schema.shape
  const types: string[] = 'options' in type ? type.options : [...type.values]
  const shown = types.flatMap((name) => examples[name] ?? [])
  return { id, types, direction, schema, note, examples: shown }
}
