export { type Config, readConfig, storingServices } from './config.ts'
export { type AllInOne, type StartOptions, startAllInOne } from './start/all-in-one.ts'
