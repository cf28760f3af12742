import type { z } from 'zod'
import { ERRORS, type ErrorCode } from '../errors.ts'
import type { Route } from '../http/route.ts'
import type { RouteId } from '../http/routes.ts'
import { answerExamples } from './examples/answers.ts'
import { bodyExamples } from './examples/bodies.ts'
import type { JsonSchema, SchemaCollection } from './json-schema.ts'
import { errorReference } from './openapi-errors.ts'
import type { OpenApiMediaType, OpenApiOperation, OpenApiParameter } from './openapi-types.ts'
import { routeNotes } from './route-notes.ts'
import { tagOf } from './tags.ts'

export function describeOperation(route: Route, schemas: SchemaCollection): OpenApiOperation {
  const id = route.id as RouteId
  const parameters = [
    ...describeParameters('path', schemas, route.params),
    ...describeParameters('query', schemas, route.query),
  ]
  return {
    operationId: id,
    tags: [tagOf(route)],
    summary: route.summary,
    ...(routeNotes[id] && { description: routeNotes[id] }),
    ...(route.auth === 'none' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: {
        required: true,
        content: asMedia(
          route.upload?.types ?? JSON_TYPE,
          schemas.add(route.body, 'input'),
          bodyExamples[id],
        ),
      },
    }),
    responses: { ...describeAnswers(route, schemas), ...describeErrors(route) },
  }
}

function describeParameters(
  place: OpenApiParameter['in'],
  schemas: SchemaCollection,
  fields?: z.ZodObject,
): OpenApiParameter[] {
  if (!fields) return []
  const { properties = {}, required = [] } = schemas.add(fields, 'input')
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description && { description }),
    schema,
  }))
}

function describeAnswers(route: Route, schemas: SchemaCollection): OpenApiOperation['responses'] {
  const isRepeatable = '200' in route.answers && '201' in route.answers
  const answers = Object.entries(route.answers).map(([status, answer]) => {
    const isRepeat = isRepeatable && status === '200'
    const description = isRepeat ? 'It was there already.' : MEANING[status]
    if (!answer) return [status, { description }]
    const examples = isRepeat ? undefined : answerExamples[route.id as RouteId]
    const types = route.download ? [route.download] : JSON_TYPE
    return [
      status,
      { description, content: asMedia(types, schemas.add(answer, 'output'), examples) },
    ]
  })
  return Object.fromEntries(answers)
}

const MEANING: Record<string, string> = {
  200: 'Done.',
  201: 'Made.',
  204: 'Done; there is no body.',
}

function describeErrors(route: Route): OpenApiOperation['responses'] {
  const codes = new Set<ErrorCode>(['invalid', ...route.errors, 'rate-limited', 'internal'])
  if (route.auth === 'token') codes.add('unauthenticated')
  if (route.body) codes.add('too-large').add('unsupported-media-type')
  // Every service may be away when the gateway asks it.
  if (route.service !== 'gateway') codes.add('overloaded')
  const references = [...codes].map((code) => [ERRORS[code].status, errorReference(code)])
  return Object.fromEntries(references)
}

const JSON_TYPE = ['application/json']

function asMedia(types: readonly string[], schema: JsonSchema, values?: Record<string, unknown>) {
  const examples =
    values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))
  const media: OpenApiMediaType = { schema, ...(examples && { examples }) }
  return Object.fromEntries(types.map((type) => [type, media]))
}
