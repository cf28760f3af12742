import type { Device, Session } from '@chatapp/protocol'
import { ACCESS_TOKEN } from '@chatapp/service-kit'
import type { SessionRow, UserRow } from '../db/schema.ts'
import { presentOwnUser } from '../profile/present.ts'

export interface TokenPair {
  accessToken: string
  refreshToken: string
}

export function presentSession(user: UserRow, pair: TokenPair): Session {
  return { user: presentOwnUser(user), ...pair, expiresIn: ACCESS_TOKEN.lifetimeSeconds }
}

export function presentDevice(row: SessionRow, currentId: string): Device {
  return {
    id: row.id,
    userAgent: row.user_agent,
    ip: row.ip,
    createdAt: row.created_at.toISOString(),
    usedAt: row.used_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    current: row.id === currentId,
  }
}
