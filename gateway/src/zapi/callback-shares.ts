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

/** Who shared it, and where its files can be fetched. */
interface Around {
  readonly sender: PersonId
  readonly mediaUrl: MediaUrl
}

const keysOf: {
  readonly [K in Shared['kind']]: (
    content: Extract<Shared, { readonly kind: K }>,
    around: Around,
  ) => object
} = {
  contacts: ({ contacts }) => contactKeys(contacts),
  location: ({ latitude, longitude, name, address, url }) => ({
    location: { longitude, latitude, name, address, url },
  }),
  'live-location': ({ latitude, longitude, caption, sequence }) => ({
    liveLocation: { latitude, longitude, caption, sequence },
  }),
  reaction: ({ emoji, at, target }, { sender }) => ({
    reaction: {
      value: emoji,
      time: at,
      reactionBy: phoneOfPerson(sender) ?? '',
      referencedMessage: targetKeys(target),
    },
  }),
  pin: ({ isPinned, durationSeconds, target }) => ({
    pinMessage: {
      action: isPinned ? 'pin' : 'unpin',
      pinDurationInSecs: durationSeconds,
      referencedMessage: targetKeys(target),
    },
  }),
  poll: ({ question, mostChoices, options }) => ({
    poll: { question, pollMaxOptions: mostChoices, options: options.map((name) => ({ name })) },
  }),
  'poll-vote': ({ poll, options }) => ({
    pollVote: { pollMessageId: poll.whatsappId, options: options.map((name) => ({ name })) },
  }),
  'event-reply': ({ response, at, event }, { sender }) => ({
    eventResponse: {
      response: { going: 'GOING', 'not-going': 'NOT_GOING', maybe: 'MAYBE' }[response],
      responseFrom: phoneOfPerson(sender) ?? '',
      time: at,
      referencedMessage: targetKeys(event),
    },
  }),
  event: ({ name, description, isCanceled, joinLink, startsAtSeconds, place }) => ({
    event: {
      name,
      description,
      canceled: isCanceled,
      joinLink,
      scheduleTime: startsAtSeconds,
      location: place ?? {},
    },
  }),
  'channel-admin-invite': ({ channel, name, text, expiresAtSeconds }) => ({
    newsletterAdminInvite: {
      newsletterId: channel,
      newsletterName: name,
      text,
      inviteExpiration: expiresAtSeconds,
    },
  }),
  'pix-key': ({ currency, referenceId, key, keyType, merchantName }) => ({
    pixKeyMessage: { currency, referenceId, key, keyType, merchantName },
  }),
  'order-payment': (content) => ({
    reviewAndPay: { type: content.type ?? '', ...orderKeys(content) },
  }),
  'order-status': (content) => ({ reviewOrder: orderKeys(content) }),
  product: (content, { mediaUrl }) => saleKeys(content, mediaUrl),
  cart: (content, { mediaUrl }) => saleKeys(content, mediaUrl),
  'payment-request': ({ amount, currency, expiresAt, payer, booking }) => ({
    requestPayment: {
      value: amount,
      currencyCode: currency,
      expiration: expiresAt,
      requestPhone: phoneOfPerson(payer) ?? '',
      ...bookingKeys(booking),
    },
  }),
  payment: ({ booking }) => ({ sendPayment: bookingKeys(booking) }),
}

export function sharedKeys(content: Shared, sender: PersonId, mediaUrl: MediaUrl): object {
  // The function of this very kind, so it takes this content and no other.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const keys = keysOf[content.kind] as (content: Shared, around: Around) => object
  return keys(content, { sender, mediaUrl })
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
