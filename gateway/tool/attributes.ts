/** The attributes of a JSON schema as people read them: `options[].title`, "string, 1 to 60 characters". */

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
}

export interface Attribute {
  readonly name: string
  readonly isRequired: boolean
  readonly type: string
  readonly description: string
}

/** Those within objects and lists follow their holder, down to `depth` levels. */
export function attributesIn(schema: object, depth = Infinity): Attribute[] {
  return within(schema, '', depth)
}

function within(schema: Schema, prefix: string, depth: number): Attribute[] {
  if (depth === 0) return []
  const { properties = {}, required = [] } = schema
  return Object.entries(properties).flatMap(([key, inner]) => {
    const { description = '' } = inner
    const name = `${prefix}${key}`
    // What is checked by the call itself, because of Z-API's words for it, says so first.
    const [, isSaid, rest = ''] = /^(Required\. )?(.*)$/su.exec(description) ?? []
    return [
      {
        name,
        isRequired: required.includes(key) || isSaid !== undefined,
        type: typeOf(inner),
        description: rest,
      },
      ...within(inner, `${name}.`, depth - 1),
      ...(inner.items === undefined ? [] : within(inner.items, `${name}[].`, depth - 1)),
    ]
  })
}

/** Throws nothing: a schema without a type may be of any. */
export function typeOf(schema: Schema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(', or ')
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ')
  const types = schema.type === undefined ? [] : [schema.type].flat()
  return [types.map((type) => nameOf(type, schema)).join(' or '), limitsOf(schema)]
    .filter((part) => part !== '')
    .join(', ')
}

const code = (value: unknown): string => `\`${String(value)}\``

function nameOf(type: string, { items }: Schema): string {
  if (type === 'integer') return 'whole number'
  if (type === 'boolean') return '`true` or `false`'
  if (type === 'null') return '`null`'
  if (type !== 'array') return type
  const of = items?.type ?? 'value'
  return `list of ${[of].flat().join(' or ')}s`
}

function limitsOf(schema: Schema): string {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema
  return [
    range(minLength, maxLength, ' characters'),
    range(minimum, maximum, ''),
    range(minItems, maxItems, ' of them'),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

const shown = (value: number): string => value.toLocaleString('en-US')

function range(from: number | undefined, to: number | undefined, unit: string): string {
  if (from !== undefined && to !== undefined) return `${shown(from)} to ${shown(to)}${unit}`
  if (from !== undefined) return `at least ${shown(from)}${unit}`
  return to === undefined ? '' : `at most ${shown(to)}${unit}`
}
