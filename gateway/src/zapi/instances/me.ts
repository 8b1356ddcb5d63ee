import { Type } from 'typebox'
import { buttonForms, lateSends } from '../../domain/instance.js'
import { callbackKinds, type EventKind } from '../callback-urls.js'
import { endpoint } from '../endpoint.js'
import { due } from '../partner/shapes.js'

const url = Type.String({ description: 'The URL of these callbacks; empty if there is none.' })

const orNull = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description })

const answer = Type.Object(
  {
    id: Type.String({ description: "The instance's id." }),
    token: Type.String({ description: "The instance's token." }),
    name: Type.String({ description: 'What update-name set.' }),
    due: Type.Integer({ description: 'Far ahead: nothing ends here. Milliseconds since 1970.' }),
    connected: Type.Boolean({ description: 'Whether it can send now.' }),
    paymentStatus: Type.String({ description: 'Always PAID: Recado costs nothing.' }),
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
    buttonForm: Type.Enum([...buttonForms], {
      description: '**Ours.** What update-button-form set.',
    }),
    lateSends: Type.Enum([...lateSends], { description: '**Ours.** What update-late-sends set.' }),
    codeLifeSeconds: orNull('**Ours.** What update-code-times set; null: as the gateway says.'),
    undeliverableAfterSeconds: orNull(
      '**Ours.** What update-code-times set; null: as the gateway says.',
    ),
    minGapMs: orNull('**Ours.** What update-pacing set; null: as the gateway says.'),
    maxGapMs: orNull('**Ours.** What update-pacing set; null: as the gateway says.'),
    keepMessagesDays: orNull('**Ours.** What update-retention set; null: as the gateway says.'),
    keepMediaLinksDays: orNull('**Ours.** What update-retention set; null: as the gateway says.'),
    keepDirectoryDays: orNull('**Ours.** What update-retention set; null: as the gateway says.'),
    initialDataCallbackUrl: Type.String({
      description: 'Always empty: there are no such callbacks.',
    }),
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
        buttonForm: 'buttons',
        lateSends: 'refuse',
        codeLifeSeconds: null,
        undeliverableAfterSeconds: null,
        minGapMs: null,
        maxGapMs: null,
        keepMessagesDays: null,
        keepMediaLinksDays: null,
        keepDirectoryDays: null,
        initialDataCallbackUrl: '',
        proxyUrl: '',
        useProxy: false,
      },
    ],
  },
)

export const me = endpoint({
  method: 'GET',
  path: '/me',
  givesSecrets: true,
  tag: 'instance',
  summary: 'Tells the settings of the instance.',
  description: 'Callback URLs that are not set are empty. Subscriptions have no meaning here.',
  answer,
  handle: async ({ instance }, _input, { instances, webhooks, sessions, proxies }) => {
    const endpoints = await webhooks.endpoints(instance.id)
    const urlOf = ([kind]: readonly EventKind[]): string => (kind && endpoints.get(kind)) ?? ''
    const proxyUrl = await proxies.proxyOf(instance.id)
    const { settings } = instance
    return {
      id: instance.id,
      token: await instances.tokenOf(instance.id),
      name: instance.name,
      due,
      connected: sessions.status(instance.id).state === 'open',
      paymentStatus: 'PAID',
      created: new Date(instance.createdAt).toISOString(),
      connectedCallbackUrl: urlOf(callbackKinds.connected),
      deliveryCallbackUrl: urlOf(callbackKinds.delivery),
      disconnectedCallbackUrl: urlOf(callbackKinds.disconnected),
      messageStatusCallbackUrl: urlOf(callbackKinds.messageStatus),
      presenceChatCallbackUrl: urlOf(callbackKinds.chatPresence),
      receivedCallbackUrl: urlOf(callbackKinds.received),
      receiveCallbackSentByMe: settings.notifySentByMe,
      callRejectAuto: settings.rejectCalls,
      callRejectMessage: settings.rejectedCallText,
      autoReadMessage: settings.readMessages,
      buttonForm: settings.buttonForm,
      lateSends: settings.lateSends,
      codeLifeSeconds: settings.codeLifeSeconds,
      undeliverableAfterSeconds: settings.undeliverableAfterSeconds,
      minGapMs: settings.minGapMs,
      maxGapMs: settings.maxGapMs,
      keepMessagesDays: settings.keepMessagesDays,
      keepMediaLinksDays: settings.keepMediaLinksDays,
      keepDirectoryDays: settings.keepDirectoryDays,
      initialDataCallbackUrl: '',
      proxyUrl: proxyUrl ?? '',
      useProxy: proxyUrl !== undefined,
    }
  },
})
