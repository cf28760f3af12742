import type { Cores } from './machine/cores.ts'
import type { Options } from './options.ts'
import type { Progress } from './progress.ts'
import type { Scale } from './scale.ts'

/** What a whole run has in common. */
export interface Bench {
  options: Options
  scale: Scale
  cores: Cores
  progress: Progress
  directory: string
}

export const serverCores = ({ cores }: Bench) =>
  cores.server === undefined ? undefined : String(cores.server)
