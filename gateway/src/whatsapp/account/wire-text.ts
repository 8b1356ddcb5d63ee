/** Texts in stanzas about accounts. */

import { type BinaryNode, getBinaryNodeChild } from 'baileys'

/** `undefined` for an empty one. */
export function textOf({ content }: BinaryNode): string | undefined {
  const text = content instanceof Uint8Array ? Buffer.from(content).toString() : content
  return typeof text === 'string' && text !== '' ? text : undefined
}

/** Of the first child with this tag. */
export function textIn(parent: BinaryNode | undefined, tag: string): string | undefined {
  const child = getBinaryNodeChild(parent, tag)
  return child && textOf(child)
}

export function textNode(tag: string, text: string): BinaryNode {
  return { tag, attrs: {}, content: Buffer.from(text) }
}
