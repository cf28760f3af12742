import { AsyncLocalStorage } from 'node:async_hooks'

/** The request that is being answered: log lines and statements name it. */
export interface RequestScope {
  requestId: string
  /** The id of the route in the protocol. */
  route: string
}

export const requestScope = new AsyncLocalStorage<RequestScope>()
