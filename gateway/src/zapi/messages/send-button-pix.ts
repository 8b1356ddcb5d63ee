import { Type } from 'typebox'
import { newOrderReference } from '../../runtime/ids.js'
import { send } from '../send.js'

export const sendButtonPix = send({
  path: '/send-button-pix',
  takes: 'text',
  summary: 'Sends a card with a Pix key.',
  description:
    'If WhatsApp refuses the card, it goes marked in another way, then as a button that copies the key, then as plain text. The DeliveryCallback tells which of them was used.',
  body: {
    pixKey: Type.String({ minLength: 1, maxLength: 140, description: 'The key.' }),
    type: Type.Enum(['CPF', 'CNPJ', 'PHONE', 'EMAIL', 'EVP'], {
      description: 'What the key is. EVP is a random key.',
    }),
    merchantName: Type.Optional(
      Type.String({ maxLength: 255, description: 'Above the key. "Pix" if unset.' }),
    ),
  },
  example: {
    phone: '5511999999999',
    pixKey: '123e4567-e89b-12d3-a456-426614174000',
    type: 'EVP',
    merchantName: 'Loja do centro',
  },
  content: ({ pixKey, type, merchantName = 'Pix' }) => ({
    kind: 'pix-key',
    key: pixKey,
    keyType: type,
    merchantName,
    referenceId: newOrderReference(),
    orderRequestId: newOrderReference(),
    marked: 'nested',
  }),
})
