import { type MessagesApi, routes } from '@chatapp/protocol'
import { type Binding, bindRoute } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { createHook, replaceHookSecret } from './create.ts'
import { deleteHook, listHooks } from './manage.ts'
import { assertManagesHooks } from './policy.ts'
import { postToHook } from './post.ts'

export function bindHooks(binding: Binding, context: Context, api: MessagesApi): void {
  bindRoute(binding, routes.listHooks, async ({ query, caller }) => {
    await assertManagesHooks(context, caller.userId)
    return listHooks(context, query)
  })
  bindRoute(binding, routes.createHook, async ({ body, caller, calledAt }) => {
    await assertManagesHooks(context, caller.userId)
    return createHook(context, { userId: caller.userId, origin: originOf(context, calledAt) }, body)
  })
  bindRoute(binding, routes.replaceHookSecret, async ({ params, caller, calledAt }) => {
    await assertManagesHooks(context, caller.userId)
    return replaceHookSecret(context, params.id, originOf(context, calledAt))
  })
  bindRoute(binding, routes.deleteHook, async ({ params, caller }) => {
    await assertManagesHooks(context, caller.userId)
    return deleteHook(context, params.id)
  })
  bindRoute(binding, routes.postToHook, ({ params, body, headers }) =>
    postToHook(context, api.send, {
      ...params,
      ...body,
      idempotencyKey: headers['idempotency-key'],
    }),
  )
}

/** Programs are elsewhere than who makes a webhook: what that one has called may lead nowhere from there. */
const originOf = ({ publicUrl }: Context, calledAt: string) => publicUrl ?? calledAt
