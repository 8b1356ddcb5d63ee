/** What a form needs of the JSON Schema of a call. */

export interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly description?: string
  readonly examples?: readonly unknown[]
  /** Takes a URL or base64 of such files (`accept` of HTML). */
  readonly 'x-file'?: string
}

export type Control =
  | { readonly kind: 'text' }
  | { readonly kind: 'long-text'; readonly rows: number }
  | { readonly kind: 'number'; readonly isWhole: boolean }
  | { readonly kind: 'tick' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'file'; readonly accept: string }
  | { readonly kind: 'list'; readonly items: Schema }
  | { readonly kind: 'group' }

export interface Attribute {
  readonly name: string
  readonly schema: Schema
  readonly control: Control
  readonly isRequired: boolean
}

/** Longer texts than this get more than one line. */
const longestLine = 1_000
const longText = 4_096

/** The attributes of an object in their order, those that must be given first. */
export function attributesOf(schema: Schema): readonly Attribute[] {
  const attributes = Object.entries(schema.properties ?? {})
    // "Ignored: …" is there for programs.
    .filter(([, { description = '' }]) => !description.startsWith('Ignored'))
    .map(([name, given]) => ({
      name,
      schema: withoutNull(given),
      control: controlOf(name, withoutNull(given)),
      isRequired:
        schema.required?.includes(name) === true ||
        given.description?.startsWith('Required') === true,
    }))
  return attributes.toSorted((one, other) => Number(other.isRequired) - Number(one.isRequired))
}

export function controlOf(name: string, schema: Schema): Control {
  const accept = schema['x-file']
  if (accept !== undefined) return { kind: 'file', accept }
  if (schema.enum !== undefined) return { kind: 'choice', choices: choicesOf(schema.enum) }
  const types = [schema.type ?? []].flat()
  if (types.includes('object')) return { kind: 'group' }
  if (types.includes('array')) return { kind: 'list', items: withoutNull(schema.items ?? {}) }
  if (types.includes('boolean')) return { kind: 'tick' }
  const isNumber = types.includes('number') || types.includes('integer')
  if (isNumber && !types.includes('string'))
    return { kind: 'number', isWhole: types.includes('integer') }
  const { maxLength = 0 } = schema
  if (maxLength <= longestLine || types.length > 1 || /url$/iu.test(name)) return { kind: 'text' }
  return { kind: 'long-text', rows: maxLength < longText ? 2 : 3 }
}

/** Programs may write some in two ways (`90_DAYS`, `90_days`); people choose once. */
function choicesOf(values: readonly unknown[]): readonly string[] {
  const choices = values.map(String).filter((choice) => choice !== '')
  const lower = choices.map((choice) => choice.toLowerCase())
  return choices.filter((_choice, index) => lower.indexOf(lower[index] ?? '') === index)
}

/** Of a value that may be null: what it is else. */
export function withoutNull(schema: Schema): Schema {
  const { anyOf, ...around } = schema
  const inside = anyOf?.find(({ type }) => type !== 'null')
  return inside === undefined ? schema : { ...inside, ...around }
}

/**
 * Whether an attribute means something beside the others: the number of a button only with the type that
 * calls, which its description says as "With CALL: …".
 */
export function isMeant(
  { description = '' }: Schema,
  beside: Readonly<Record<string, unknown>>,
): boolean {
  const [, needed] = /^With (\w+):/u.exec(description) ?? []
  return needed === undefined || beside['type'] === needed
}
