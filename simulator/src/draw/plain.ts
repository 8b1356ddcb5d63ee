/** From what a decoded protobuf holds to plain values. */

/** The object without its empty fields: null, undefined, '' and NaN. */
export function filled<const Fields extends object>(fields: Fields): Filled<Fields>
export function filled(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && value !== undefined && value !== '' && !Number.isNaN(value),
    ),
  )
}

type Empty = null | undefined
/** A field that may be empty is optional, every other is as it was. */
export type Filled<Fields> = {
  readonly [Name in keyof Fields as Empty extends Fields[Name]
    ? never
    : undefined extends Fields[Name]
      ? never
      : null extends Fields[Name]
        ? never
        : Name]: Fields[Name]
} & {
  readonly [Name in keyof Fields as undefined extends Fields[Name]
    ? Name
    : null extends Fields[Name]
      ? Name
      : never]?: NonNullable<Fields[Name]>
}

/** Undefined for what is not there or is 0, as a field of protobuf that is not set. */
export function numberIn(
  value: number | { toString(): string } | null | undefined,
): number | undefined {
  if (value === null || value === undefined) return undefined
  const number = Number(typeof value === 'number' ? value : value.toString())
  return Number.isFinite(number) && number !== 0 ? number : undefined
}

/** The parameters of a native flow: an object, else undefined. */
export function objectIn(json: string | null | undefined): Record<string, unknown> | undefined {
  try {
    return recordIn(JSON.parse(json ?? ''))
  } catch {
    return undefined
  }
}

export function recordIn(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : undefined
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function stringIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
