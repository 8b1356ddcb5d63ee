import { proto } from 'baileys'
import { cardRole, type CarouselContent } from '../../domain/content/carousel.js'
import { bizNode } from './biz.js'
import { flowButton, headerWith, nativeFlow } from './native-flow.js'
import type { ToWire } from './wire-message.js'

const { HSCROLL_CARDS } = proto.Message.InteractiveMessage.CarouselMessage.CarouselCardType

/** Each card needs header and body; iOS needs the empty `contextInfo` (evolution-go, 2026-03). */
export const carouselToWire: ToWire<CarouselContent> = ({ text, cards }, context) => ({
  message: {
    interactiveMessage: {
      body: { text },
      contextInfo: {},
      carouselMessage: {
        messageVersion: 1,
        carouselCardType: HSCROLL_CARDS,
        cards: cards.map((card, index) => ({
          ...headerWith('', context.uploaded(cardRole(index))),
          body: { text: card.text },
          nativeFlowMessage: nativeFlow(card.buttons.map(flowButton)),
        })),
      },
    },
  },
  additionalNodes: [bizNode(context.shape, context.at)],
})
