import { readFileSync } from 'node:fs'
import { DockerfileParser, type Instruction, ModifiableInstruction } from 'dockerfile-ast'

export interface Stage {
  name: string
  /** An earlier stage, or an image from a registry. */
  base: string
  steps: Step[]
}

export interface Step {
  keyword: string
  /** `--from=web` is `{ from: 'web' }`. */
  flags: Record<string, string>
  /** The list of the exec form, or the words. */
  words: string[]
  text: string
}

/** The stages of a Dockerfile in order, with the variables above the first one put in. */
export function readDockerfile(path: string): Stage[] {
  const file = DockerfileParser.parse(readFileSync(path, 'utf8'))
  const variables = new Map<string, string>()
  const stages: Stage[] = []
  for (const instruction of file.getInstructions()) {
    const step = toStep(instruction)
    const stage = stages.at(-1)
    if (step.keyword === 'FROM') stages.push(toStage(step, variables))
    else if (stage) stage.steps.push(step)
    else remember(step, variables)
  }
  return stages
}

function toStep(instruction: Instruction): Step {
  const words = (instruction.getArgumentsContent() ?? '').split(/\s+/).filter(Boolean)
  const text = words.join(' ')
  return {
    keyword: instruction.getKeyword(),
    flags: readFlags(instruction),
    words: text.startsWith('[') ? JSON.parse(text) : words,
    text,
  }
}

function readFlags(instruction: Instruction): Record<string, string> {
  if (!(instruction instanceof ModifiableInstruction)) return {}
  return Object.fromEntries(
    instruction.getFlags().map((flag) => [flag.getName(), flag.getValue() ?? '']),
  )
}

function toStage({ words }: Step, variables: Map<string, string>): Stage {
  const [image = '', , name = ''] = words
  return {
    name,
    base: image.replace(/\$\{(\w+)\}/, (_, key) => variables.get(key) ?? ''),
    steps: [],
  }
}

function remember({ text }: Step, variables: Map<string, string>): void {
  const [name = '', value = ''] = text.split('=')
  variables.set(name, value)
}
