/** What the control API takes. A field that is not listed is refused: a typing error in a test must not pass. */

import { type Static, Type } from 'typebox'
import { Digits } from './fault-schema.js'

const strict = { additionalProperties: false }
const passkeyGateMode = Type.Enum(['off', 'on', 'by-iq'])
const Chat = Type.String({ pattern: '^([0-9]{5,20}|[0-9-]+@g\\.us)$' })

export const PhonePath = Type.Object({ phone: Digits })
export const MessagePath = Type.Object({ phone: Digits, id: Type.String({ minLength: 1 }) })
export const ChatPath = Type.Object({ phone: Digits, chat: Chat })
export const GroupPath = Type.Object({
  phone: Digits,
  group: Type.String({ pattern: '^[0-9-]+@(g\\.us|newsletter)$' }),
})
export const StoryPath = Type.Object({ phone: Digits, id: Type.String({ minLength: 1 }) })
export const FilePath = Type.Object({
  phone: Digits,
  id: Type.String({ minLength: 1 }),
  name: Type.String({ pattern: '^[0-9]{1,3}$' }),
})
export const DevicePath = Type.Object({
  phone: Digits,
  n: Type.String({ pattern: '^[0-9]{1,3}$' }),
})

export const NewPhone = Type.Object(
  {
    phone: Digits,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    business: Type.Optional(Type.Boolean()),
    asksForPasskey: Type.Optional(passkeyGateMode),
  },
  strict,
)
export const AsksForPasskey = Type.Object({ asksForPasskey: passkeyGateMode }, strict)
/** The options that WhatsApp gave, whole, or the challenge alone. */
export const ToSign = Type.Object({
  challenge: Type.String({ pattern: '^[A-Za-z0-9_-]{16,200}$' }),
})
export const Scan = Type.Object({ qr: Type.String({ minLength: 1, maxLength: 2000 }) }, strict)
export const LinkCode = Type.Object(
  { code: Type.String({ pattern: '^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$' }) },
  strict,
)
const Name = Type.String({ minLength: 1, maxLength: 255 })
/** A file in base64. */
const File = Type.Object(
  {
    data: Type.String({ minLength: 4, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
    mimetype: Type.Optional(
      Type.String({ pattern: '^[a-z]+/[A-Za-z0-9.+-]+(; *codecs=[a-z0-9]+)?$' }),
    ),
    fileName: Type.Optional(Name),
    caption: Type.Optional(Type.String({ maxLength: 65_536 })),
    viewOnce: Type.Optional(Type.Boolean()),
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
    waveform: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: 100 }), { maxItems: 64 }),
    ),
    width: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000 })),
    height: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000 })),
    isAnimated: Type.Optional(Type.Boolean()),
  },
  strict,
)
/** One of them. */
export const PostBody = {
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 65_536 })),
  image: Type.Optional(File),
  video: Type.Optional(File),
  gif: Type.Optional(File),
  roundVideo: Type.Optional(File),
  voice: Type.Optional(File),
  audio: Type.Optional(File),
  document: Type.Optional(File),
  sticker: Type.Optional(File),
  location: Type.Optional(
    Type.Object(
      {
        latitude: Type.Number({ minimum: -90, maximum: 90 }),
        longitude: Type.Number({ minimum: -180, maximum: 180 }),
        name: Type.Optional(Name),
        address: Type.Optional(Name),
      },
      strict,
    ),
  ),
  contacts: Type.Optional(
    Type.Array(Type.Object({ name: Name, phone: Digits }, strict), {
      minItems: 1,
      maxItems: 100,
    }),
  ),
  poll: Type.Optional(
    Type.Object(
      {
        question: Name,
        options: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
          minItems: 2,
          maxItems: 12,
          uniqueItems: true,
        }),
        selectable: Type.Optional(Type.Integer({ minimum: 0, maximum: 12 })),
      },
      strict,
    ),
  ),
  event: Type.Optional(
    Type.Object(
      {
        name: Name,
        startsAt: Type.Integer({ minimum: 0 }),
        description: Type.Optional(Type.String({ maxLength: 2048 })),
        place: Type.Optional(Name),
      },
      strict,
    ),
  ),
}

/** The recipient and one of the others. */
export const NewMessage = Type.Object(
  {
    to: Chat,
    /** The id of a message that the phone shows. */
    replyTo: Type.Optional(Type.String({ minLength: 1 })),
    ...PostBody,
  },
  strict,
)
const messageId = Type.String({ minLength: 1 })
/** One message, or those of a chat that is opened. */
export const Read = Type.Object(
  {
    messageId: Type.Optional(messageId),
    messageIds: Type.Optional(Type.Array(messageId, { minItems: 1, maxItems: 1_000 })),
  },
  strict,
)
export const Online = Type.Object({ online: Type.Boolean() }, strict)
export const NewGroup = Type.Object(
  {
    subject: Type.String({ minLength: 1, maxLength: 100 }),
    members: Type.Array(Digits, { minItems: 1, maxItems: 1024, uniqueItems: true }),
  },
  strict,
)

export type PhonePath = Static<typeof PhonePath>
export type MessagePath = Static<typeof MessagePath>
export type ChatPath = Static<typeof ChatPath>
export type GroupPath = Static<typeof GroupPath>
export type StoryPath = MessagePath
export type FilePath = Static<typeof FilePath>
export type DevicePath = Static<typeof DevicePath>
export type NewPhone = Static<typeof NewPhone>
export type AsksForPasskey = Static<typeof AsksForPasskey>
export type ToSign = Static<typeof ToSign>
export type Scan = Static<typeof Scan>
export type LinkCode = Static<typeof LinkCode>
export type NewMessage = Static<typeof NewMessage>
export type Read = Static<typeof Read>
export type Online = Static<typeof Online>
export type NewGroup = Static<typeof NewGroup>
