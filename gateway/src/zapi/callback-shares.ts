/** Received messages that are neither text nor file nor card, as Z-API's callbacks show them. */

import type { PersonId } from '../domain/chat.js'
import type {
  CartLine,
  ContactCard,
  IncomingContent,
  OrderDetails,
  PaymentBooking,
} from '../domain/incoming-content.js'
import type { MessageTarget } from '../domain/message-target.js'
import { type MediaUrl, urlOf } from './callback-media.js'
import { phoneOf, phoneOfPerson } from './to-zapi.js'

type Shared = Extract<
  IncomingContent,
  {
    kind:
      | 'contacts'
      | 'location'
      | 'live-location'
      | 'reaction'
      | 'pin'
      | 'poll'
      | 'poll-vote'
      | 'event'
      | 'event-reply'
      | 'channel-admin-invite'
      | 'pix-key'
      | 'order-payment'
      | 'order-status'
      | 'product'
      | 'cart'
      | 'payment-request'
      | 'payment'
  }
>

export function sharedKeys(content: Shared, sender: PersonId, mediaUrl: MediaUrl): object {
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
    case 'payment-request':
      return {
        requestPayment: {
          value: content.amount,
          currencyCode: content.currency,
          expiration: content.expiresAt,
          requestPhone: phoneOfPerson(content.payer) ?? '',
          ...bookingKeys(content.booking),
        },
      }
    case 'payment':
      return { sendPayment: bookingKeys(content.booking) }
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

/** Absent where the phone alone knows what was booked. */
function bookingKeys(booking: PaymentBooking | undefined): object {
  if (booking === undefined) return {}
  return {
    paymentInfo: {
      receiverPhone: phoneOfPerson(booking.receiver) ?? '',
      value: booking.amount,
      currencyCode: booking.currency,
      status: booking.status,
      transactionStatus: booking.transactionStatus,
    },
  }
}

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
      ...(content.lines === undefined ? {} : { products: content.lines.map(lineKeys) }),
    },
  }
}

function lineKeys({ productId, retailerId, name, quantity, currency, price }: CartLine): object {
  return { quantity, name, productId, retailerId, price, currencyCode: currency }
}
