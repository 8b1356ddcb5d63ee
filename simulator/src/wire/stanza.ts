/** Building stanzas: a node whose undefined attributes are left out. */

import type { BinaryNode } from 'baileys'

/** WhatsApp's own address. With the `@`: a client compares it with what it decodes from a JID of an empty user. */
export const SERVER_JID = '@s.whatsapp.net'

/** Where statuses (stories) are posted. */
export const STATUS_JID = 'status@broadcast'

export function stanza(
  tag: string,
  attrs: Readonly<Record<string, string | undefined>> = {},
  content?: BinaryNode['content'],
): BinaryNode {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(attrs)) if (value !== undefined) kept[name] = value
  return content === undefined ? { tag, attrs: kept } : { tag, attrs: kept, content }
}

/** All children, or those of one tag. */
export function childrenOf(node: BinaryNode | undefined, tag?: string): readonly BinaryNode[] {
  const children = Array.isArray(node?.content) ? node.content : []
  return tag === undefined ? children : children.filter((child) => child.tag === tag)
}

export function childOf(node: BinaryNode | undefined, tag: string): BinaryNode | undefined {
  return childrenOf(node).find((child) => child.tag === tag)
}

/** The bytes inside a node; a text counts as its UTF-8 bytes. */
export function bytesOf(node: BinaryNode | undefined): Uint8Array | undefined {
  if (node?.content instanceof Uint8Array) return node.content
  return typeof node?.content === 'string' ? Buffer.from(node.content) : undefined
}

export function textOf(node: BinaryNode | undefined): string | undefined {
  const bytes = bytesOf(node)
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')
}

/** The stanza's id; an id is what every answer refers to, so a stanza without one cannot be handled. */
export function idOf(node: BinaryNode): string {
  const id = node.attrs['id']
  if (id === undefined) throw new Error(`<${node.tag}> without an id`)
  return id
}

/** Seconds since 1970, as stanzas carry time. */
export function secondsOf(at: number): string {
  return Math.floor(at / 1000).toString()
}
