/** Z-API's documented callbacks (`callbacks.json`), and what a body of ours lacks of one. */

import { readFileSync } from 'node:fs'

export type Shape = string | readonly Shape[] | { readonly [name: string]: Shape }

export interface Documented {
  readonly type: string
  readonly names: readonly string[]
  readonly notification?: string
  readonly shape: Readonly<Record<string, Shape>>
}

export const contract: {
  readonly nullable: readonly string[]
  readonly captured: {
    readonly always: readonly string[]
    readonly payloads: Readonly<Record<string, readonly string[]>>
  }
  readonly callbacks: readonly Documented[]
} = JSON.parse(readFileSync(new URL('../zapi/callbacks.json', import.meta.url), 'utf8'))
/** Documented keys that our bodies lack, and why. A dot leads into the payload. */
export const left: Readonly<Record<string, string>> = {
  senderLid: 'the old name of chatLid; in no capture of the live service',
  participantPhone: 'null outside groups on old pages; absent there in captures',
  'text.descritpion': 'a slip of the old page',
  'text.thumbnailUrl': 'the picture of a link preview comes as bytes, and no copy is kept',
  'statusImage.mimetype': 'the old spelling of mimeType',
  'order.thumbnailUrl': 'the picture comes as bytes, and no copy is kept',
}

/** What a documented shape has and ours has not, as paths. */
export function lacking(shape: Shape, value: unknown, path: string): readonly string[] {
  if (shape === 'null' || (value === null && isNullable(path))) return []
  if (typeof shape === 'string') return typeof value === shape ? [] : [path]
  if (Array.isArray(shape)) {
    const [item]: readonly Shape[] = shape
    if (!Array.isArray(value)) return [path]
    return item === undefined || value.length === 0 ? [] : lacking(item, value[0], path)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(shape).flatMap(([name, inner]) =>
    lacking(inner, Reflect.get(value, name), path === '' ? name : `${path}.${name}`),
  )
}

const isNullable = (path: string) => contract.nullable.includes(path)
