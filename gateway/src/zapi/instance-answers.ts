/** The answers of the instance's and the partner's calls, as `answer-schemas.ts` has the rest. */

import { Type } from 'typebox'
import { needed } from './pairing/passkey-state.js'

const instanceId = '019D44C09B3E7A10B1C2D3E4F5061728'
const token = 'k7Qd0vX2mZpT4sYb9LrA1nWc'

/** The same call on an instance that is connected already. */
const connectedAlready = Type.Object({
  connected: Type.Boolean({ description: 'true: it is connected already, so there is none.' }),
})

const valueOr = (what: string, example: string) =>
  Type.Union(
    [Type.Object({ value: Type.String({ description: what }) }), connectedAlready, needed],
    {
      description: `${what} Or \`{"connected":true}\` where it is connected already. Or \`challenge\` where WhatsApp asks for the passkey of the number.`,
      examples: [{ value: example }],
    },
  )

export const qrText = valueOr(
  'The text to draw as a QR. It holds for about 20 seconds: ask again.',
  '2@Xb1…,q4k…,0aB…',
)
export const qrImage = valueOr('The QR as a data URI.', 'data:image/png;base64,iVBORw0KGgo…')
export const phoneCode = valueOr('Eight characters to enter on the phone.', 'A1B2C3D4')

const disconnection = Type.Object(
  {
    reason: Type.String({
      description: 'By name, such as `banned`: docs/operating.md has them all.',
    }),
    since: Type.Integer({ description: 'Milliseconds since 1970.' }),
    cause: Type.String({ description: 'One sentence.' }),
    cure: Type.String({ description: 'What helps.' }),
    remedy: Type.Enum(['wait', 'pair', 'reconnect'], {
      description:
        'wait: the gateway keeps trying. pair: it needs a new QR code. reconnect: a person has to act, then `restore-session`.',
    }),
    until: Type.Optional(
      Type.Integer({ description: 'When WhatsApp ends it by itself. Milliseconds since 1970.' }),
    ),
  },
  { description: '**Ours**, only while it is not connected: why.' },
)

export const status = Type.Object(
  {
    connected: Type.Boolean({ description: 'Whether it can send now.' }),
    error: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description:
        'A text about the state and no failure, also while connected: Z-API writes it so.',
    }),
    smartphoneConnected: Type.Boolean({ description: 'The same as connected.' }),
    restrictedUntil: Type.Optional(
      Type.Integer({
        description:
          '**Ours**, only while it is so: strangers are refused until then, milliseconds since 1970.',
      }),
    ),
    disconnection: Type.Optional(disconnection),
  },
  {
    description: 'The state at this moment.',
    examples: [{ connected: true, error: 'You are already connected.', smartphoneConnected: true }],
  },
)

export const createdInstance = Type.Object(
  {
    id: Type.String({ description: "The instance's id, for the path of its calls." }),
    token: Type.String({ description: 'Its token, for the path of its calls.' }),
    due: Type.Number({ description: 'Far ahead: nothing ends here. Milliseconds since 1970.' }),
    webhookSecret: Type.String({ description: '**Ours.** What callbacks are signed with.' }),
  },
  {
    description: 'The new instance. Pair it next.',
    examples: [
      {
        id: instanceId,
        token,
        due: 4_102_444_800_000,
        webhookSecret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
      },
    ],
  },
)

const url = Type.String({ description: 'A callback URL; empty where none is set.' })
const listed = Type.Object({
  token: Type.String({ description: 'Its token.' }),
  tenant: Type.String({ description: 'Empty: there are no accounts.' }),
  created: Type.String({ description: 'When it was made, ISO 8601.' }),
  due: Type.Number({ description: 'Far ahead: nothing ends here.' }),
  paymentStatus: Type.String({ description: 'Always PAID: nothing is paid here.' }),
  deliveryCallbackUrl: url,
  receivedCallbackUrl: url,
  receivedAndDeliveryCallbackUrl: url,
  disconnectedCallbackUrl: url,
  connectedCallbackUrl: url,
  messageStatusCallbackUrl: url,
  presenceChatCallbackUrl: url,
  receivedStatusCallbackUrl: url,
  phoneConnected: Type.Boolean({ description: 'Whether its phone is linked and reached.' }),
  whatsappConnected: Type.Boolean({ description: 'Whether it can send now.' }),
  middleware: Type.String({ description: 'Always web.' }),
  name: Type.String({ description: 'Its name.' }),
  id: Type.String({ description: 'Its id.' }),
  disconnection: Type.Optional(disconnection),
})

export const listedInstances = Type.Object(
  {
    total: Type.Integer({ description: 'How many were found.' }),
    totalPage: Type.Integer({ description: 'How many pages that makes.' }),
    pageSize: Type.Integer({ description: 'How many a page has.' }),
    page: Type.Integer({ description: 'Which page this is.' }),
    content: Type.Array(listed, { description: 'The instances of this page.' }),
  },
  {
    description: 'One page of instances.',
    examples: [
      {
        total: 1,
        totalPage: 1,
        pageSize: 20,
        page: 1,
        content: [
          {
            token,
            tenant: '',
            created: '2026-11-20T10:00:00.000Z',
            due: 4_102_444_800_000,
            paymentStatus: 'PAID',
            deliveryCallbackUrl: 'https://example.com/whatsapp',
            receivedCallbackUrl: '',
            receivedAndDeliveryCallbackUrl: '',
            disconnectedCallbackUrl: '',
            connectedCallbackUrl: '',
            messageStatusCallbackUrl: '',
            presenceChatCallbackUrl: '',
            receivedStatusCallbackUrl: '',
            phoneConnected: true,
            whatsappConnected: true,
            middleware: 'web',
            name: 'Minha instância',
            id: instanceId,
          },
        ],
      },
    ],
  },
)
