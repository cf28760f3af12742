import type { z } from 'zod'
import type { ErrorCode } from '../errors.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Service = 'gateway' | 'users' | 'messages' | 'notifications'

/** One REST route. Paths are served with and without a trailing slash. */
export interface Route {
  id: string
  service: Service
  method: Method
  /** OpenAPI style, `/api/messages/{conversationId}`. */
  path: string
  summary: string
  /** `none`: no access token is looked at. */
  auth: 'token' | 'none'
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** Where the body is bytes and not JSON: its media types, and how many bytes it may have. */
  upload?: { types: readonly string[]; maxBytes: number }
  /** Where the answer is bytes and not JSON: its media type. */
  download?: string
  /** Whoever sends an HTML form is served as well; what it says is not looked at. */
  form?: true
  /** Answers by status; null has no body. */
  answers: Record<number, z.ZodType | null>
  /** Codes besides those that every route may answer (`invalid`, `rate-limited`, `internal`). */
  errors: ErrorCode[]
}

export type ParamsOf<R extends Route> = R extends { params: infer T extends z.ZodType }
  ? z.output<T>
  : Record<never, never>
export type QueryOf<R extends Route> = R extends { query: infer T extends z.ZodType }
  ? z.output<T>
  : Record<never, never>
export type BodyOf<R extends Route> = R extends { body: infer T extends z.ZodType }
  ? z.output<T>
  : undefined

export type ParamsInput<R extends Route> = R extends { params: infer T extends z.ZodType }
  ? z.input<T>
  : Record<never, never>
export type QueryInput<R extends Route> = R extends { query: infer T extends z.ZodType }
  ? QueryValues<z.input<T>>
  : Record<never, never>
export type BodyInput<R extends Route> = R extends { body: infer T extends z.ZodType }
  ? z.input<T>
  : undefined

type QueryValues<T> = { [K in keyof T]?: T[K] | number | undefined }
type AnswerSchemas<R extends Route> = R['answers'][keyof R['answers']]
/** What a successful call answers. */
export type AnswerOf<R extends Route> =
  AnswerSchemas<R> extends infer S ? (S extends z.ZodType ? z.output<S> : undefined) : never

export const route = <const R extends Route>(definition: R): R => definition
