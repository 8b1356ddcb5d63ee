/** What a file of this folder says about one kind of message. */

import type { BinaryNode, proto } from 'baileys'
import type { Hindrance } from './hindrance.js'
import type { Change } from './change.js'
import type { FileSource } from './file.js'
import type { View } from './view.js'

export type Field = keyof proto.IMessage

/** What a drawing may use besides the field itself. */
export interface Pen {
  /** The content around the field, without its wrappers. */
  readonly message: proto.IMessage
  /** Digits of the person behind a JID, whichever form it has; a group's JID as it is. */
  numberOf(jid: string | null | undefined): string
  /** Notes a file to be fetched; gives the name under which the view refers to it. */
  file(source: FileSource): string
  /** Does so for the JPEG inside the message; undefined when there is none. */
  thumbnail(bytes: Uint8Array | null | undefined): string | undefined
}

/** A view without what is around the content, or a change. */
export type KindView = Pick<View, 'kind' | 'parts'> | Change

export interface Kind {
  readonly field: Field
  /** Undefined where the field has nothing to show. */
  draw(pen: Pen): KindView | undefined
  /** What keeps clients from showing it, with the public report behind each reason. */
  hindrances(message: proto.IMessage, stanza: BinaryNode): readonly Hindrance[]
}

/**
 * A kind of message, by the field of `proto.IMessage` in which it travels.
 * `draw` gives a view with parts, or a change to another message.
 */
export function kind<Name extends Field>(
  field: Name,
  draw: (value: NonNullable<proto.IMessage[Name]>, pen: Pen) => KindView | undefined,
  hindrances: (
    value: NonNullable<proto.IMessage[Name]>,
    stanza: BinaryNode,
    message: proto.IMessage,
  ) => readonly Hindrance[] = () => [],
): Kind {
  return {
    field,
    draw: (pen) => {
      const value = pen.message[field]
      return value === null || value === undefined ? undefined : draw(value, pen)
    },
    hindrances: (message, stanza) => {
      const value = message[field]
      return value === null || value === undefined ? [] : hindrances(value, stanza, message)
    },
  }
}
