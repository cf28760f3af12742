export type { Account } from './account/present.ts'
export type { Accounts, NewCredentials } from './accounts.ts'
export { migrations } from './db/migrations/index.ts'
export { createUsers, type Users, type UsersOptions } from './service.ts'
