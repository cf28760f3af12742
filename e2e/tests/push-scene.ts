import {
  type Cast,
  cast,
  type Product,
  type PushServer,
  startProduct,
  startPushServer,
} from '@chatapp/dev-env'
import { expect } from 'vitest'

export interface PushScene extends AsyncDisposable {
  push: PushServer
  product: Product
  people: Cast
}

/** A product whose push messages arrive here; at the end each must have been as it should. */
export async function startWithPush(env: Record<string, string> = {}): Promise<PushScene> {
  const push = await startPushServer()
  const product = await startProduct({ env: { ALLOW_PRIVATE_ADDRESSES: 'on', ...env } })
  const people = await cast(product)
  return {
    ...{ push, product, people },
    async [Symbol.asyncDispose]() {
      await product[Symbol.asyncDispose]()
      await push[Symbol.asyncDispose]()
      expect(push.faults).toEqual([])
    },
  }
}
