import type { Context, Device } from '../context.ts'
import type { UserRow } from '../db/schema.ts'
import { type AccountInput, createAccount } from './create.ts'

export async function register(
  ctx: Context,
  input: AccountInput,
  device: Device,
): Promise<UserRow> {
  await ctx.limits.registrations.take(device.ip)
  return createAccount(ctx, input, device.ip)
}
