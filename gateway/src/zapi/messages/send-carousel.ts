import { type Static, Type } from 'typebox'
import type { CarouselCard } from '../../domain/content/carousel.js'
import type { MessageContent } from '../../domain/content/index.js'
import type { AddressRule } from '../../runtime/address-rule.js'
import { imageSourceOf } from '../from-zapi.js'
import { buttonAction, buttonOf, messageText } from '../reading/buttons.js'
import { send, tooManyCodes } from '../send.js'

const card = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 1_024, description: 'Below the image.' }),
  image: Type.String({
    minLength: 1,
    description: 'A URL, or base64 of at most 5 MB.',
    'x-file': 'image/*',
  }),
  buttons: Type.Optional(
    Type.Array(buttonAction, { maxItems: 3, description: 'At most three; kinds may be mixed.' }),
  ),
})

export const sendCarousel = send({
  path: '/send-carousel',
  takes: 'file',
  summary: 'Sends a text with cards to scroll through, each with an image and buttons.',
  description:
    'WhatsApp takes at most ten cards; one alone goes as a message with buttons. If WhatsApp refuses the carousel, the text goes, and after it each card as an image with its links.',
  body: {
    message: messageText,
    carousel: Type.Array(card, { minItems: 1, maxItems: 10, description: 'The cards.' }),
  },
  example: {
    phone: '5511999999999',
    message: 'Novidades da semana',
    carousel: [
      {
        text: 'Camiseta',
        image: 'https://example.com/camiseta.png',
        buttons: [{ id: '1', label: 'Ver', url: 'https://example.com/camiseta', type: 'URL' }],
      },
      {
        text: 'Boné',
        image: 'https://example.com/bone.png',
        buttons: [{ id: '2', label: 'Quero', type: 'REPLY' }],
      },
    ],
  },
  refusals: { 429: tooManyCodes },
  content: ({ message, carousel }, { isAllowedAddress }) => {
    const cards = carousel.map((given, index) => cardOf(given, index, isAllowedAddress))
    return contentOf(message, cards)
  },
})

function cardOf(
  { text, image, buttons = [] }: Static<typeof card>,
  index: number,
  isAllowedAddress: AddressRule,
): CarouselCard {
  const place = `carousel.${index}`
  return {
    text,
    image: imageSourceOf(image, isAllowedAddress, `${place}.image`),
    buttons: buttons.map((action, at) => buttonOf(action, at, `${place}.buttons.${at}`)),
  }
}

/** A carousel of one card does not show on iOS (Evolution API #2526, 2026-04-29). */
function contentOf(text: string, cards: readonly CarouselCard[]): MessageContent {
  const [only, ...others] = cards
  const kinds = new Set(only?.buttons.map(({ kind }) => kind === 'reply'))
  if (only === undefined || others.length > 0 || kinds.size !== 1)
    return { kind: 'carousel', text, cards }
  const { image, buttons } = only
  return {
    kind: 'buttons',
    text: `${text}\n\n${only.text}`,
    title: '',
    footer: '',
    image,
    buttons,
  }
}
