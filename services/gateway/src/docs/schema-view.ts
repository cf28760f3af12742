import type { JsonSchema } from '@chatapp/protocol'
import { Html, html, line } from './html.ts'

/** The fields of an object, those of objects inside it by their path; or its variants. */
export function viewFields(schema: JsonSchema): Html {
  const variants = schema.oneOf ?? schema.anyOf
  if (variants?.every((variant) => variant.properties))
    return html`${variants.map(
      (variant, i) =>
        html`<p class="variant">${i === 0 ? 'Either' : 'Or'}</p>${viewFields(variant)}`,
    )}`
  if (!schema.properties) return html`<p>${viewType(schema)}</p>`
  return html`<dl class="fields">${listFields(schema, '').map(viewField)}</dl>`
}

interface Field {
  name: string
  isRequired: boolean
  schema: JsonSchema
}

function listFields(schema: JsonSchema, prefix: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
    const name = prefix + key
    const isRequired = schema.required?.includes(key) ?? false
    const item = Array.isArray(part.items) ? undefined : part.items
    return [
      { name, isRequired, schema: part },
      ...listFields(part, `${name}.`),
      ...listFields(item ?? {}, `${name}[].`),
    ]
  })
}

export function viewField({ name, isRequired, schema }: Field): Html {
  return html`<div>
<dt><code>${name}</code> <span class="type">${viewType(schema)}</span>${!isRequired && html` <em>optional</em>`}</dt>
${schema.description && html`<dd>${line(schema.description)}</dd>`}
</div>`
}

/** A type in words: `list of User`, `uuid or null`, `integer from 1`. */
export function viewType(schema: JsonSchema): Html {
  const { $ref, anyOf, oneOf, items, prefixItems } = schema
  if ($ref) return viewReference($ref)
  const variants = anyOf ?? oneOf
  if (variants) return join(variants.map(viewType), ' or ')
  if (schema.enum) return join(schema.enum.map(viewValue), ' | ')
  if (schema.const !== undefined) return viewValue(schema.const)
  if (prefixItems) return html`[${join(prefixItems.map(viewType), ', ')}]`
  if (items && !Array.isArray(items)) return html`list of ${viewType(items)}${viewBounds(schema)}`
  if (typeof schema.additionalProperties === 'object') return viewMap(schema)
  const type = schema.format === 'date-time' ? 'time' : (schema.format ?? schema.type)
  return html`${Array.isArray(type) ? type.join(' or ') : type}${viewBounds(schema)}`
}

function viewReference($ref: string): Html {
  const name = $ref.slice($ref.lastIndexOf('/') + 1)
  return html`<a href="#schema-${name}">${name}</a>`
}

function viewMap({ properties, propertyNames, additionalProperties }: JsonSchema): Html {
  if (properties) return html`object`
  const value = typeof additionalProperties === 'object' ? additionalProperties : {}
  return html`map from ${viewType(propertyNames ?? { type: 'string' })} to ${viewType(value)}`
}

function viewBounds(schema: JsonSchema): Html | undefined {
  if (schema.pattern && !schema.description) return html` matching <code>${schema.pattern}</code>`
  const [least, most, unit] = boundsOf(schema)
  if (least !== undefined && most !== undefined)
    return html`, ${least} to ${thousands(most)}${unit}`
  if (least !== undefined) return html`, from ${least}${unit}`
  if (most !== undefined) return html`, up to ${thousands(most)}${unit}`
  return undefined
}

type Bounds = [least: number | undefined, most: number | undefined, unit: string]

function boundsOf(schema: JsonSchema): Bounds {
  if (schema.items) return [schema.minItems || undefined, schema.maxItems, '']
  if (schema.type === 'string') return [schema.minLength, schema.maxLength, ' characters']
  // Every position ends at the same number, which tells nobody anything.
  return [schema.minimum, undefined, '']
}

const thousands = (n: number) => n.toLocaleString('en')

const viewValue = (value: unknown) => html`<code>${JSON.stringify(value)}</code>`

const join = (parts: Html[], glue: string) =>
  new Html(parts.map(({ text }) => text).join(html`${glue}`.text))
