/**
 * What Z-API calls the content of a message: the one key of a
 * `ReceivedCallback` that says what kind of message it is.
 */

import type { PersonId } from '../domain/chat.js'
import type {
  ContactCard,
  IncomingContent,
  MessageTarget,
  OrderDetails,
} from '../domain/incoming-content.js'
import type { StatusAnswer } from '../domain/message.js'
import { cardKeys } from './callback-card.js'
import {
  audioKeys,
  documentKeys,
  imageKeys,
  type MediaUrl,
  urlOf,
  videoKeys,
} from './callback-media.js'
import { phoneOf, phoneOfPerson } from './to-zapi.js'

/** Contents that are told as a `notification`, in `callback-notification.ts`. */
type Notice = Extract<IncomingContent, { kind: 'group-change' | 'deleted' }>

export function isNotice(content: IncomingContent): content is Notice {
  return content.kind === 'group-change' || content.kind === 'deleted'
}

/**
 * Our additions, beside Z-API's keys: `masked`, because `waitingMessage` means
 * "no content yet" while what WhatsApp masks for linked devices never comes;
 * `contacts`, where somebody shares several at once.
 */
export function contentKeys(
  content: Exclude<IncomingContent, Notice>,
  { sender, mediaUrl }: { readonly sender: PersonId; readonly mediaUrl: MediaUrl },
): object {
  switch (content.kind) {
    case 'text':
      return { text: { message: content.text, ...content.link } }
    case 'image':
      return { image: imageKeys(content, mediaUrl) }
    case 'video':
      return { video: { ...videoKeys(content, mediaUrl), isGif: content.isGif } }
    case 'round-video': {
      const { videoUrl, ...shown } = videoKeys(content, mediaUrl)
      return { ptv: { ptvUrl: videoUrl, ...shown } }
    }
    case 'audio':
      return { audio: audioKeys(content, mediaUrl) }
    case 'document':
      return { document: documentKeys(content, mediaUrl) }
    case 'sticker':
      return {
        sticker: {
          stickerUrl: urlOf(content, mediaUrl),
          mimeType: content.mimeType,
          width: content.width,
          height: content.height,
        },
      }
    case 'copy-code':
    case 'card':
    case 'carousel':
    case 'buttons':
      return cardKeys(content, mediaUrl)
    case 'button-reply':
      return { buttonsResponseMessage: { buttonId: content.id, message: content.text } }
    case 'list-reply':
      return {
        listResponseMessage: {
          message: content.text,
          title: content.title,
          selectedRowId: content.rowId,
        },
      }
    case 'masked':
      return { masked: { reason: 'WhatsApp shows this message on the primary phone only' } }
    case 'waiting':
      return content.viewOnce ? { viewOnce: true } : {}
    default:
      return moreKeys(content, sender, mediaUrl)
  }
}

type More = Exclude<
  IncomingContent,
  | Notice
  | {
      kind:
        | 'text'
        | 'image'
        | 'video'
        | 'round-video'
        | 'audio'
        | 'document'
        | 'sticker'
        | 'copy-code'
        | 'card'
        | 'carousel'
        | 'buttons'
        | 'button-reply'
        | 'list-reply'
        | 'masked'
        | 'waiting'
    }
>

function moreKeys(content: More, sender: PersonId, mediaUrl: MediaUrl): object {
  switch (content.kind) {
    case 'contacts':
      return contactKeys(content.contacts)
    case 'location': {
      const { latitude, longitude, name, address, url } = content
      return { location: { longitude, latitude, name, address, url } }
    }
    case 'live-location': {
      const { latitude, longitude, caption, sequence } = content
      return { liveLocation: { latitude, longitude, caption, sequence } }
    }
    case 'reaction':
      return {
        reaction: {
          value: content.emoji,
          time: content.at,
          reactionBy: phoneOfPerson(sender) ?? '',
          referencedMessage: targetKeys(content.target),
        },
      }
    case 'pin':
      return {
        pinMessage: {
          action: content.isPinned ? 'pin' : 'unpin',
          pinDurationInSecs: content.durationSeconds,
          referencedMessage: targetKeys(content.target),
        },
      }
    case 'poll':
      return {
        poll: {
          question: content.question,
          pollMaxOptions: content.mostChoices,
          options: content.options.map((name) => ({ name })),
        },
      }
    case 'poll-vote':
      return {
        pollVote: {
          pollMessageId: content.poll.whatsappId,
          options: content.options.map((name) => ({ name })),
        },
      }
    case 'event-reply':
      return {
        eventResponse: {
          response: { going: 'GOING', 'not-going': 'NOT_GOING', maybe: 'MAYBE' }[content.response],
          responseFrom: phoneOfPerson(sender) ?? '',
          time: content.at,
          referencedMessage: targetKeys(content.event),
        },
      }
    case 'event':
      return {
        event: {
          name: content.name,
          description: content.description,
          canceled: content.isCanceled,
          joinLink: content.joinLink,
          scheduleTime: content.startsAtSeconds,
          location: content.place ?? {},
        },
      }
    case 'channel-admin-invite':
      return {
        newsletterAdminInvite: {
          newsletterId: content.channel,
          newsletterName: content.name,
          text: content.text,
          inviteExpiration: content.expiresAtSeconds,
        },
      }
    case 'pix-key': {
      const { currency, referenceId, key, keyType, merchantName } = content
      return { pixKeyMessage: { currency, referenceId, key, keyType, merchantName } }
    }
    case 'order-payment':
      return { reviewAndPay: { type: content.type ?? '', ...orderKeys(content) } }
    case 'order-status':
      return { reviewOrder: orderKeys(content) }
    case 'product':
    case 'cart':
      return saleKeys(content, mediaUrl)
  }
}

function contactKeys(contacts: readonly ContactCard[]): object {
  const [only, ...others] = contacts
  return others.length === 0 && only ? { contact: only } : { contacts }
}

function targetKeys({ whatsappId, fromMe, chat, author }: MessageTarget): object {
  return {
    messageId: whatsappId,
    fromMe,
    phone: phoneOf(chat),
    participant: (author && phoneOfPerson(author)) ?? null,
  }
}

function orderKeys(order: OrderDetails): object {
  return {
    currency: order.currency,
    referenceId: order.referenceId,
    orderRequestId: order.orderRequestId,
    orderStatus: order.orderStatus,
    paymentStatus: order.paymentStatus,
    total: order.total,
    subTotal: order.subTotal,
    discount: order.discount,
    shipping: order.shipping,
    tax: order.tax,
    products: order.lines.map(({ name, quantity, isCustomItem, productId, amount }) => ({
      name,
      quantity,
      isCustomItem,
      productId,
      value: amount,
    })),
  }
}

/** The lines of a cart are not in the message: WhatsApp tells them to whoever asks for the order. */
function saleKeys(
  content: Extract<IncomingContent, { kind: 'product' | 'cart' }>,
  mediaUrl: MediaUrl,
): object {
  if (content.kind === 'product')
    return {
      product: {
        productImage: content.image ? urlOf(content.image, mediaUrl) : null,
        businessOwnerJid: content.ownerPhone,
        currencyCode: content.currency,
        productId: content.productId,
        description: content.description,
        productImageCount: content.imageCount,
        price: content.price,
        url: content.url,
        retailerId: content.retailerId,
        firstImageId: content.firstImageId,
        title: content.title,
      },
    }
  return {
    order: {
      itemCount: content.itemCount,
      orderId: content.orderId,
      message: content.text,
      orderTitle: content.title,
      sellerJid: content.sellerPhone,
      thumbnailUrl: null,
      token: content.token,
      currency: content.currency,
      total: content.total,
      subTotal: content.total,
    },
  }
}

/** What the answered status was, beside the answer itself. */
export function statusKeys({ image, video, audio }: StatusAnswer, mediaUrl: MediaUrl): object {
  return {
    ...(image ? { statusImage: imageKeys(image, mediaUrl) } : {}),
    ...(video ? { statusVideo: videoKeys(video, mediaUrl) } : {}),
    ...(audio
      ? { statusAudio: { audioUrl: urlOf(audio, mediaUrl), mimeType: audio.mimeType } }
      : {}),
  }
}
