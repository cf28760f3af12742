import { createHash, randomBytes } from 'node:crypto'

export const createRefreshToken = () => randomBytes(32).toString('base64url')

/** 256 random bits need no slow hash: nobody guesses them from a stolen table. */
export const hashRefreshToken = (token: string): Buffer =>
  createHash('sha256').update(token).digest()
