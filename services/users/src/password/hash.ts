import { randomBytes } from 'node:crypto'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { createQueue } from '../queue.ts'

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long without a hash as with one, so that time does not tell who has an account. */
  verify(password: string, passwordHash: string | undefined): Promise<boolean>
  isOutdated(passwordHash: string): boolean
}

/** OWASP's choice for argon2id, which is this library's default algorithm. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Two of libuv's four threads stay free for files and names; 256 waiting are some five seconds. */
const BOUNDS = {
  atOnce: 2,
  maxWaiting: 256,
  whenFull: 'Too many people sign in at once; try again.',
}

export async function createPasswords(): Promise<Passwords> {
  const queue = createQueue(BOUNDS)
  const decoy = await hash(randomBytes(32), COST)
  return {
    hash: (password) => queue(() => hash(toSecret(password), COST)),
    async verify(password, passwordHash) {
      const matches = await queue(() => verify(passwordHash ?? decoy, toSecret(password)))
      return matches && passwordHash !== undefined
    },
    isOutdated(passwordHash) {
      const { memoryCost, timeCost, parallelism } = parseOptions(passwordHash)
      return (
        memoryCost !== COST.memoryCost ||
        timeCost !== COST.timeCost ||
        parallelism !== COST.parallelism
      )
    },
  }
}

/** The same password typed on another system may come in another Unicode form. */
const toSecret = (password: string) => password.normalize('NFKC')
