import type {
  OpenApiDocument,
  OpenApiMediaType,
  OpenApiOperation,
  OpenApiParameter,
} from '@chatapp/protocol'
import { type Html, html, json, line, prose } from './html.ts'
import { viewField, viewFields, viewType } from './schema-view.ts'

export interface Endpoint {
  method: string
  path: string
  operation: OpenApiOperation
}

/** What the page and its table of contents show under one tag. */
export function endpointsOf({ paths }: OpenApiDocument, tag: string): Endpoint[] {
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )
  return all.filter(({ operation }) => operation.tags.some((name) => name === tag))
}

export function viewEndpoint({ method, path, operation }: Endpoint): Html {
  const { operationId, summary, description, security, parameters, requestBody } = operation
  const body = requestBody?.content['application/json']
  const uploads = body ? [] : Object.keys(requestBody?.content ?? {})
  return html`<section class="entry" id="${operationId}">
<div>
<h3><a href="#${operationId}">${line(summary)}</a></h3>
<p class="call"><b class="method ${method.toLowerCase()}">${method}</b> <code>${path}</code>${security && html` <small>no token</small>`}</p>
${description && prose(description)}
${viewParameters('In the path', parameters, 'path')}
${viewParameters('In the query', parameters, 'query')}
${body && html`<h4>Body</h4>${viewFields(body.schema)}`}
${uploads.length > 0 && html`<h4>Body</h4><p>${uploads.join(', ')}</p>`}
<h4>Answers</h4>
${viewAnswers(operation)}
</div>
<div class="examples">${body && viewExamples('Request', body)}${viewAnswerExamples(operation)}</div>
</section>`
}

function viewParameters(
  title: string,
  parameters: OpenApiParameter[] = [],
  place: OpenApiParameter['in'],
): Html | undefined {
  const placed = parameters.filter((parameter) => parameter.in === place)
  if (placed.length === 0) return undefined
  const fields = placed.map(({ name, required, description, schema }) =>
    viewField({
      name,
      isRequired: required,
      schema: { ...schema, ...(description && { description }) },
    }),
  )
  return html`<h4>${title}</h4><dl class="fields">${fields}</dl>`
}

function viewAnswers({ responses }: OpenApiOperation): Html {
  const answers = Object.entries(responses)
  const failures = answers.filter(([, answer]) => '$ref' in answer).map(([status]) => status)
  const successes = answers.flatMap(([status, answer]) => {
    if ('$ref' in answer) return []
    const schema = Object.values(answer.content ?? {})[0]?.schema
    const isNamed = schema && !schema.properties
    return html`<p><b>${status}</b> ${answer.description} ${isNamed && viewType(schema)}</p>
${schema?.properties && viewFields(schema)}`
  })
  const links = failures.map((status) => html` <a href="#error-${status}">${status}</a>`)
  return html`${successes}<p class="failures">Fails with${links}</p>`
}

function viewAnswerExamples({ responses }: OpenApiOperation): Html[] {
  return Object.entries(responses).flatMap(([status, answer]) => {
    const media = 'content' in answer && answer.content?.['application/json']
    return media ? viewExamples(`Answer ${status}`, media) : []
  })
}

function viewExamples(title: string, { examples = {} }: OpenApiMediaType): Html[] {
  return Object.values(examples).map(
    ({ value }) => html`<figure><figcaption>${title}</figcaption>${json(value)}</figure>`,
  )
}
