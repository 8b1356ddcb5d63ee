import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'

const answer = Type.Object(
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

export const device = endpoint({
  method: 'GET',
  path: '/device',
  tag: 'instance',
  summary: 'Tells the profile of the number, and which phone it is on.',
  description: 'Asked of WhatsApp each time.',
  answer,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, _input, { profiles }) => {
    const own = await profiles.profilesOf(instance.id).own()
    return {
      phone: own.phone,
      imgUrl: own.pictureUrl ?? '',
      about: own.about ?? '',
      name: own.name ?? '',
      device: { sessionName: instance.name, device_model: 'Recado' },
      originalDevice: own.phoneApp ?? (own.business ? 'smba' : 'android'),
      sessionId: own.device,
      isBusiness: own.business,
    }
  },
})
