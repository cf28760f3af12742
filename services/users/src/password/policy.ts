import { invalidField } from '@chatapp/protocol'
import { dictionary } from '@zxcvbn-ts/language-common'

/** Shorter ones are refused for their length already. */
const LENGTH_MIN = 8
const COMMON = new Set(
  dictionary['passwords-common'].filter((password) => password.length >= LENGTH_MIN),
)

/** Refuses what a guesser tries first: passwords seen in breaches, and the name itself. */
export function refuseGuessable(
  password: string,
  { field, username }: { field: string; username: string },
): void {
  const plain = password.normalize('NFKC').toLowerCase()
  if (COMMON.has(plain)) throw invalidField(field, 'is too common; choose another one')
  if (plain === username.toLowerCase()) throw invalidField(field, 'must not be the username')
}
