import type { Binding } from './http/bind-route.ts'
import type { Checked } from './http/health.ts'

/** One of ChatApp's services, alone in its process or beside the others. */
export interface Service<Api> extends AsyncDisposable {
  /** What other services may ask of it. */
  api: Api
  /** Serves its public routes. */
  bind(binding: Binding): void
  /** Begins its background work. */
  start(): Promise<void>
  /** Throws when it can't serve now; the message says why. */
  check(): Promise<void>
  /** What it can serve without for a while. */
  helpers?: Checked[]
}
