import type { z } from 'zod'

const KINDS: Record<string, string> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

/** Says what is allowed where a schema has no words of its own; undefined leaves it to Zod. */
export function explainIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.join(' or ')}`
    case 'too_big':
      return `must have at most ${issue.maximum} ${unitOf(issue.origin)}`
    case 'too_small':
      return issue.minimum === 1
        ? 'must not be empty'
        : `must have at least ${issue.minimum} ${unitOf(issue.origin)}`
    case 'invalid_key':
      return issue.issues[0]?.message
    default:
      return undefined
  }
}

const unitOf = (origin: string) => (origin === 'string' ? 'characters' : 'items')
