/** Received messages with buttons, as Z-API's callbacks show them. */

import type { Card, CardButton, IncomingContent } from '../domain/incoming-content.js'
import { documentKeys, imageKeys, type MediaUrl, urlOf, videoKeys } from './callback-media.js'

export function cardKeys(
  content: Extract<IncomingContent, { kind: 'copy-code' | 'card' | 'carousel' | 'buttons' }>,
  mediaUrl: MediaUrl,
): object {
  switch (content.kind) {
    case 'copy-code': {
      const buttons = content.buttons.map((button) => ({ kind: 'copy' as const, ...button }))
      return { hydratedTemplate: templateKeys({ ...content, templateId: '', buttons }, mediaUrl) }
    }
    case 'card':
      return { hydratedTemplate: templateKeys(content, mediaUrl) }
    case 'carousel':
      return {
        carouselMessage: {
          text: content.text,
          cards: content.cards.map((card) => {
            const { templateId: _, ...keys } = templateKeys(card, mediaUrl)
            return keys
          }),
        },
      }
    case 'buttons':
      return {
        buttonsMessage: {
          imageUrl: content.image ? urlOf(content.image, mediaUrl) : null,
          videoUrl: content.video ? urlOf(content.video, mediaUrl) : null,
          message: content.text,
          buttons: content.buttons.map(({ id, text }) => ({
            buttonId: id,
            type: 1,
            buttonText: { displayText: text },
          })),
        },
      }
  }
}

function templateKeys(card: Card, mediaUrl: MediaUrl): { readonly templateId: string } {
  const template = {
    header: headerKeys(card.header, mediaUrl),
    message: card.text,
    footer: card.footer,
    title: card.title,
    templateId: card.templateId,
    hydratedButtons: card.buttons.map((button, index) => ({ ...buttonKeys(button), index })),
  }
  return template
}

function headerKeys(header: Card['header'], mediaUrl: MediaUrl): object {
  switch (header?.kind) {
    case undefined:
      return {}
    case 'image':
      return { image: imageKeys(header.image, mediaUrl) }
    case 'video':
      return { video: videoKeys(header.video, mediaUrl) }
    case 'document':
      return { document: documentKeys(header.document, mediaUrl) }
    case 'location':
      return { location: header.place }
  }
}

function buttonKeys(button: CardButton): object {
  const displayText = button.text
  switch (button.kind) {
    case 'copy':
      return { urlButton: { displayText, url: copyCodeUrl(button.code) } }
    case 'url':
      return { urlButton: { displayText, url: button.url } }
    case 'reply':
      return { quickReplyButton: { displayText, id: button.id } }
    case 'call':
      return { callButton: { displayText, phoneNumber: button.phone } }
  }
}

/** A link that WhatsApp's clients show as a copy button; they strip the `otp` in front of the code. */
function copyCodeUrl(code: string): string {
  return `https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp${encodeURIComponent(code)}`
}
