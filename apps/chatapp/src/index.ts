export { readConfig, readPartConfig, storingServices } from './config.ts'
export { type Part, parts } from './split-config.ts'
export { type AllInOne, startAllInOne } from './start/all-in-one.ts'
export { startPart } from './start/part.ts'
