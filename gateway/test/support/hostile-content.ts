/** Content that only a modified app would encrypt: by name, of random fields, and of any kind that Baileys can decode. */

import { proto } from 'baileys'
import * as fc from 'fast-check'
import type { Phone } from '@recado/simulator'

const { Type } = proto.Message.ProtocolMessage

/** What no app of WhatsApp would encrypt, by name; `own` is whom it is about. */
export function hostileContents(
  own: Phone,
  ana: Phone,
): readonly (readonly [string, proto.IMessage])[] {
  const key = { remoteJid: `${own.phone}@s.whatsapp.net`, fromMe: true, id: 'FOREIGN' }
  const secret = Buffer.from('segredo')
  return [
    ['nothing', {}],
    ['a reaction to nothing', { reactionMessage: { text: '👍' } }],
    ['a vote on nothing', { pollUpdateMessage: {} }],
    [
      'a vote of junk',
      {
        pollUpdateMessage: {
          pollCreationMessageKey: key,
          vote: { encPayload: secret, encIv: secret },
        },
      },
    ],
    ['an answer to no event', { encEventResponseMessage: {} }],
    ['a pin of nothing', { pinInChatMessage: {} }],
    ['an edit of nothing', protocol({ type: Type.MESSAGE_EDIT })],
    ['a deletion of nothing', protocol({ type: Type.REVOKE })],
    [
      'keys from a stranger',
      protocol({
        type: Type.APP_STATE_SYNC_KEY_SHARE,
        appStateSyncKeyShare: {
          keys: [{ keyId: { keyId: secret }, keyData: { keyData: secret } }],
        },
      }),
    ],
    ['keys from a stranger, without keys', protocol({ type: Type.APP_STATE_SYNC_KEY_SHARE })],
    [
      'history from a stranger',
      protocol({
        type: Type.HISTORY_SYNC_NOTIFICATION,
        historySyncNotification: {
          directPath: '/segredo',
          mediaKey: secret,
        },
      }),
    ],
    [
      'numbers from a stranger',
      protocol({
        type: Type.LID_MIGRATION_MAPPING_SYNC,
        lidMigrationMappingSyncMessage: { encodedMappingPayload: secret },
      }),
    ],
    [
      'an answer of the phone from a stranger',
      protocol({
        type: Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
        peerDataOperationRequestResponseMessage: {
          peerDataOperationResult: [
            {
              placeholderMessageResendResponse: {
                webMessageInfoBytes: proto.WebMessageInfo.encode({
                  key,
                  message: { conversation: 'segredo' },
                }).finish(),
              },
            },
          ],
        },
      }),
    ],
    ['an act that says nothing', protocol({ type: Type.BOT_FEEDBACK_MESSAGE })],
    [
      'a copy as if of our own',
      {
        deviceSentMessage: {
          destinationJid: `${ana.phone}@s.whatsapp.net`,
          message: { conversation: 'segredo' },
        },
      },
    ],
    [
      'a key of a group that is none',
      {
        senderKeyDistributionMessage: {
          groupId: '1@g.us',
          axolotlSenderKeyDistributionMessage: secret,
        },
      },
    ],
    ['a key of no group', { senderKeyDistributionMessage: {} }],
    ['a long text', { conversation: 'x'.repeat(1_000_000) }],
    ['a text of nothing but nulls', { conversation: '\0'.repeat(1_000) }],
    ['a text that nests', nested(400)],
    ['a text that nests too deep', nested(1_500)],
    ['a quotation of itself', quoting(300)],
    [
      'a thousand mentions',
      {
        extendedTextMessage: {
          text: 'x',
          contextInfo: { mentionedJid: Array.from({ length: 1_000 }, (_, n) => `${n}@lid`) },
        },
      },
    ],
    ['a picture without anything', { imageMessage: {} }],
    [
      'a picture with junk',
      {
        imageMessage: {
          mediaKey: secret,
          directPath: '../../segredo',
          url: 'file:///etc/passwd',
          mimetype: 'x'.repeat(5_000),
          fileLength: -1,
          height: 4e9,
          width: 4e9,
          jpegThumbnail: secret,
        },
      },
    ],
    [
      'a place nowhere',
      {
        locationMessage: {
          degreesLatitude: Number.NaN,
          degreesLongitude: Number.POSITIVE_INFINITY,
        },
      },
    ],
    [
      'a button whose words are no JSON',
      {
        interactiveMessage: {
          nativeFlowMessage: {
            buttons: [{ name: 'cta_copy', buttonParamsJson: '{"copy_code":' }],
            messageParamsJson: '[',
          },
        },
      },
    ],
    [
      'a button whose words nest',
      {
        interactiveMessage: {
          nativeFlowMessage: {
            buttons: [{ name: 'cta_copy', buttonParamsJson: '['.repeat(50_000) }],
          },
        },
      },
    ],
    [
      'an answer to a button whose words are no JSON',
      { interactiveResponseMessage: { nativeFlowResponseMessage: { name: 'x', paramsJson: '}' } } },
    ],
    ['a list of nothing', { listMessage: { sections: [{}, { rows: [{}] }] } }],
    [
      'contacts of junk',
      { contactsArrayMessage: { contacts: [{}, { vcard: '\n'.repeat(10_000) }] } },
    ],
    [
      'an order of junk',
      { orderMessage: { itemCount: -1, totalAmount1000: -1, token: 'segredo' } },
    ],
    ['a product of nothing', { productMessage: {} }],
    ['a poll without options', { pollCreationMessage: {} }],
    ['an event in the year minus a million', { eventMessage: { startTime: -32_000_000_000_000 } }],
    ['a placeholder', { placeholderMessage: {} }],
  ]
}

function protocol(protocolMessage: proto.Message.IProtocolMessage): proto.IMessage {
  return { protocolMessage }
}

function nested(depth: number): proto.IMessage {
  let message: proto.IMessage = { conversation: 'x' }
  for (let level = 0; level < depth; level += 1) message = { ephemeralMessage: { message } }
  return message
}

function quoting(depth: number): proto.IMessage {
  let quotedMessage: proto.IMessage = { conversation: 'x' }
  for (let level = 0; level < depth; level += 1)
    quotedMessage = { extendedTextMessage: { text: 'x', contextInfo: { quotedMessage } } }
  return quotedMessage
}

const text = fc.oneof(fc.string({ maxLength: 60, unit: 'binary' }), fc.constantFrom('', '{', '\0'))
const bytes = fc.uint8Array({ maxLength: 40 })
const number = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 2 ** 31 - 1, -(2 ** 31)))
const someKey = fc.record(
  { id: text, remoteJid: text, participant: text, fromMe: fc.boolean() },
  { requiredKeys: [] },
)

/** Fields of many kinds of messages at once, each present or not. */
export const randomContent: fc.Arbitrary<proto.IMessage> = fc.record(
  {
    conversation: text,
    extendedTextMessage: fc.record(
      {
        text,
        title: text,
        matchedText: text,
        contextInfo: fc.record(
          { stanzaId: text, participant: text, mentionedJid: fc.array(text), expiration: number },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
    imageMessage: fc.record(
      { url: text, directPath: text, mediaKey: bytes, caption: text, viewOnce: fc.boolean() },
      { requiredKeys: [] },
    ),
    audioMessage: fc.record({ ptt: fc.boolean(), seconds: number }, { requiredKeys: [] }),
    contactMessage: fc.record({ displayName: text, vcard: text }, { requiredKeys: [] }),
    locationMessage: fc.record(
      { degreesLatitude: fc.double(), degreesLongitude: fc.double(), name: text },
      { requiredKeys: [] },
    ),
    reactionMessage: fc.record({ key: someKey, text, senderTimestampMs: number }),
    protocolMessage: fc.record(
      { key: someKey, type: fc.integer({ min: 0, max: 40 }), ephemeralExpiration: number },
      { requiredKeys: [] },
    ),
    pollUpdateMessage: fc.record({
      pollCreationMessageKey: someKey,
      vote: fc.record({ encPayload: bytes, encIv: bytes }),
    }),
    templateButtonReplyMessage: fc.record({ selectedId: text, selectedIndex: number }),
    buttonsResponseMessage: fc.record({ selectedButtonId: text }),
    listResponseMessage: fc.record({ title: text }),
    messageContextInfo: fc.record({ messageSecret: bytes }),
  },
  { requiredKeys: [] },
)

/** More than WhatsApp uses; what a number means depends on where it stands. */
const fieldNumber = fc.integer({ min: 1, max: 130 })
/** Fields in protobuf's own form, some of which hold others. */
const fields = fc.letrec<{ some: Buffer }>((tie) => ({
  some: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        fc.tuple(fieldNumber, fc.nat()).map(([at, value]) => [varint(at * 8), varint(value)]),
        fc.tuple(fieldNumber, text).map(([at, value]) => holding(at, Buffer.from(value))),
        fc.tuple(fieldNumber, bytes).map(([at, value]) => holding(at, Buffer.from(value))),
        fc.tuple(fieldNumber, tie('some')).map(([at, value]) => holding(at, value)),
      ),
      { maxLength: 4 },
    )
    .map((each) => Buffer.concat(each.flat())),
})).some

/** Of any kind that Baileys knows, and empty where the fields do not fit it. */
export const anyKind: fc.Arbitrary<proto.IMessage> = fc
  .tuple(fieldNumber, fields)
  .map(([kind, inside]) => {
    for (const content of [inside, Buffer.alloc(0)])
      try {
        return proto.Message.decode(Buffer.concat(holding(kind, content)))
      } catch {
        // Of another type than the field has.
      }
    return {}
  })

function holding(field: number, content: Buffer): Buffer[] {
  return [varint(field * 8 + 2), varint(content.length), content]
}

function varint(value: number): Buffer {
  const digits: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...digits, rest])
    digits.push((rest % 128) + 128)
  }
}
