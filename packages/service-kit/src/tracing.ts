import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { z } from 'zod'
import { type Environment, readEnvironment, urlVariable } from './environment.ts'
import { createId } from './ids.ts'
import { type RequestScope, requestScope } from './request-scope.ts'

export interface TracingConfig {
  /** Of an OpenTelemetry collector that takes OTLP over HTTP; undefined: no traces. */
  endpoint: string | undefined
  serviceName: string
}

/** A collector that does not answer must not keep the process from ending. */
const EXPORT_WITHIN_MS = 2_000

const variables = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: urlVariable(['http', 'https']).optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
})

export function readTracingConfig(env: Environment, nameByDefault = 'chatapp'): TracingConfig {
  const given = readEnvironment(variables, env)
  return {
    endpoint: given.OTEL_EXPORTER_OTLP_ENDPOINT,
    serviceName: given.OTEL_SERVICE_NAME ?? nameByDefault,
  }
}

/** Undefined unless traces are wanted: then nothing is made, and nothing was loaded for it. */
let tracer: Tracer | undefined

/** From now on requests and their statements are told to the collector; disposing sends the rest. */
export async function startTracing(
  config: TracingConfig,
  version: string,
): Promise<AsyncDisposable> {
  const { endpoint, serviceName } = config
  if (endpoint === undefined) return { [Symbol.asyncDispose]: async () => {} }
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_WITHIN_MS })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_WITHIN_MS })],
  })
  tracer = provider.getTracer('chatapp')
  return {
    async [Symbol.asyncDispose]() {
      tracer = undefined
      await provider.shutdown()
    },
  }
}

/** Answers a request: everything under way meanwhile knows it, and it is a span if traces are wanted. */
export async function answerIn<T>(
  scope: RequestScope,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!tracer) return requestScope.run(scope, work)
  const attributes = { 'chatapp.route': scope.route, 'chatapp.request_id': scope.requestId }
  const options = { kind: SpanKind.SERVER, attributes }
  const span = tracer.startSpan(name, options, callerOf(scope.traceparent))
  return during(span, () => requestScope.run(within(scope, span), work))
}

/** What a frame asks for begins a trace: sockets bring no context along. */
export function traceFrame<T>(type: string, work: () => Promise<T>): Promise<T> {
  if (!tracer) return work()
  const name = `socket ${type}`
  return answerIn({ requestId: createId(), route: name }, name, work)
}

/** Which request an item is for, for the batch that it will be in. */
const origins = new WeakMap<object, SpanContext>()

export function rememberOrigin<T extends object>(item: T): T {
  const span = tracer && requestScope.getStore()?.span
  if (span) origins.set(item, span.spanContext())
  return item
}

/** What many requests wait for together is no part of one of them: a trace with links to theirs. */
export async function traceBatch<T>(
  name: string,
  items: readonly object[],
  run: () => Promise<T>,
): Promise<T> {
  if (!tracer) return run()
  const links = items.flatMap((item) => {
    const context = origins.get(item)
    return context ? [{ context }] : []
  })
  const attributes = { 'messaging.batch.message_count': items.length }
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, root: true, links, attributes })
  const scope = within({ requestId: createId(), route: name }, span)
  return during(span, () => requestScope.run(scope, run))
}

/** A statement is a part of the request that it is for; outside of one it is no span. */
export async function traceStatement<T>(text: string, run: () => Promise<T>): Promise<T> {
  const parent = requestScope.getStore()?.span
  if (!tracer || !parent) return run()
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text }
  const options = { kind: SpanKind.CLIENT, attributes }
  const name = /^\s*\w+/.exec(text)?.[0].trim().toLowerCase() ?? 'statement'
  const span = tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, parent))
  return during(span, run)
}

function within(scope: RequestScope, span: Span): RequestScope {
  const { traceId, spanId } = span.spanContext()
  return { ...scope, span, traceparent: `00-${traceId}-${spanId}-01` }
}

async function during<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    markFailed(span, error)
    throw error
  } finally {
    span.end()
  }
}

/** By its kind alone: its message may hold what people wrote. */
function markFailed(span: Span, error: unknown): void {
  const message = error instanceof Error ? error.name : 'unknown'
  span.setStatus({ code: SpanStatusCode.ERROR, message })
}

/** As W3C Trace Context has it. */
function callerOf(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? []
  if (!traceId || !spanId) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags ?? '', 16) & TraceFlags.SAMPLED
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
