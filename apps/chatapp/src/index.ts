export { readConfig, storingServices } from './config.ts'
export { type AllInOne, startAllInOne } from './start/all-in-one.ts'
