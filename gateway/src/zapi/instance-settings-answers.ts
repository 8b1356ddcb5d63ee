/** The answers of the calls in `instance-settings-operations.ts`. */

import { Type } from 'typebox'

export const isOpen = Type.Object(
  {
    value: Type.Boolean({
      description:
        'Whether the connection is open. false: not within 15 seconds, it goes on trying.',
    }),
  },
  { description: 'What came of it.', examples: [{ value: true }] },
)

const url = Type.String({ description: 'The URL of these callbacks; empty if there is none.' })
const never = (what: string) => Type.String({ description: what })

export const me = Type.Object(
  {
    id: Type.String({ description: "The instance's id." }),
    token: Type.String({ description: "The instance's token." }),
    name: Type.String({ description: 'What update-name set.' }),
    due: Type.Integer({ description: 'Far ahead: nothing ends here. Milliseconds since 1970.' }),
    connected: Type.Boolean({ description: 'Whether it can send now.' }),
    paymentStatus: Type.String({ description: 'PAID: nobody has to pay here.' }),
    created: Type.String({ description: 'When it was made, ISO 8601.' }),
    connectedCallbackUrl: url,
    deliveryCallbackUrl: url,
    disconnectedCallbackUrl: url,
    messageStatusCallbackUrl: url,
    presenceChatCallbackUrl: url,
    receivedCallbackUrl: url,
    receiveCallbackSentByMe: Type.Boolean({ description: 'What update-notify-sent-by-me set.' }),
    callRejectAuto: Type.Boolean({ description: 'What update-call-reject-auto set.' }),
    callRejectMessage: Type.String({ description: 'What update-call-reject-message set.' }),
    autoReadMessage: Type.Boolean({ description: 'What update-auto-read-message set.' }),
    initialDataCallbackUrl: never('Always empty: there are no such callbacks.'),
    proxyUrl: Type.String({ description: 'The proxy to WhatsApp; empty if there is none.' }),
    useProxy: Type.Boolean({ description: 'Whether there is one.' }),
  },
  {
    description: 'The settings at this moment.',
    examples: [
      {
        id: '019D44C09B3E7A10B1C2D3E4F5061728',
        token: 'k7Qd0vX2mZpT4sYb9LrA1nWc',
        name: 'Loja do centro',
        due: 4_102_444_800_000,
        connected: true,
        paymentStatus: 'PAID',
        created: '2026-11-20T10:00:00.000Z',
        connectedCallbackUrl: '',
        deliveryCallbackUrl: 'https://example.com/whatsapp',
        disconnectedCallbackUrl: '',
        messageStatusCallbackUrl: '',
        presenceChatCallbackUrl: '',
        receivedCallbackUrl: '',
        receiveCallbackSentByMe: false,
        callRejectAuto: false,
        callRejectMessage: '',
        autoReadMessage: false,
        initialDataCallbackUrl: '',
        proxyUrl: '',
        useProxy: false,
      },
    ],
  },
)

export const device = Type.Object(
  {
    phone: Type.String({ description: 'The number.' }),
    imgUrl: Type.String({
      description: "WhatsApp's URL of the picture, for some hours; empty if there is none.",
    }),
    about: Type.String({ description: 'The text about it; empty if there is none.' }),
    name: Type.String({ description: 'The name that it shows; empty as long as it is unknown.' }),
    device: Type.Object(
      {
        sessionName: Type.String({ description: "The instance's name." }),
        device_model: Type.String({ description: 'Recado.' }),
      },
      { description: 'This linked device.' },
    ),
    originalDevice: Type.String({
      description: 'The app on the phone: android, iphone, or smba and smbi for WhatsApp Business.',
    }),
    sessionId: Type.Integer({ description: 'The number of this linked device on the account.' }),
    isBusiness: Type.Boolean({ description: 'Whether the phone has WhatsApp Business.' }),
  },
  {
    description: 'As WhatsApp has it now.',
    examples: [
      {
        phone: '5511999999999',
        imgUrl: '',
        about: 'Aberto das 9 às 18',
        name: 'Loja do centro',
        device: { sessionName: 'loja', device_model: 'Recado' },
        originalDevice: 'android',
        sessionId: 3,
        isBusiness: false,
      },
    ],
  },
)

export const extensionToken = Type.Object(
  {
    token: Type.String({ description: 'Shown only now.' }),
    expiresAt: Type.Integer({ description: 'Milliseconds since 1970.' }),
  },
  {
    description: 'The token.',
    examples: [{ token: 'FA48-HS63', expiresAt: 1_782_851_138_085 }],
  },
)

const foundPhone = {
  exists: true,
  phone: '551199999999',
  inputPhone: '5511999999999',
  outputPhone: '551199999999',
  lid: '164354629388413@lid',
}

export const phoneExists = Type.Object(
  {
    exists: Type.Boolean({ description: 'Whether it is on WhatsApp.' }),
    phone: Type.String({ description: 'The same as outputPhone.' }),
    inputPhone: Type.String({ description: 'The number that was asked for, digits only.' }),
    outputPhone: Type.String({
      description: 'As WhatsApp has it; as it was asked for if it has not.',
    }),
    lid: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: "WhatsApp's number-free name of it.",
    }),
  },
  {
    description: 'What WhatsApp says now.',
    examples: [foundPhone],
  },
)

export const phonesExist = Type.Array(phoneExists, {
  description: 'One for each number.',
  examples: [[foundPhone]],
})
