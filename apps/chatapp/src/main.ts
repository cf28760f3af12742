#!/usr/bin/env node
import { loadEnvFile } from './config.ts'
import { endWith } from './failure.ts'
import { createProgram } from './program.ts'

try {
  loadEnvFile()
  await createProgram().parseAsync()
} catch (error) {
  endWith(error)
}
