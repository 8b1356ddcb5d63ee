/** What an incoming message says: one kind for each thing that a receiver treats differently. */

import type { PersonId } from './chat.js'
import type { MessageTarget } from './message-target.js'
import type { Notice } from './notice.js'
import type { EpochMs } from './time.js'

declare const brand: unique symbol

/** It cannot be guessed: a client that has it may fetch the file. */
export type MediaId = string & { readonly [brand]: 'MediaId' }

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker'

/** Where a file of an incoming message lies and how to open it. The bytes stay with WhatsApp. */
export interface MediaReference {
  readonly id: MediaId
  readonly kind: MediaKind
  readonly mimeType: string
  readonly fileName?: string | undefined
  /** 32 bytes. Absent where WhatsApp encrypts nothing: in channels. */
  readonly key?: Uint8Array | undefined
  /** Begins with a slash. */
  readonly path: string
  /** As the sender named it; the reader must check it. */
  readonly host?: string | undefined
  /** Of the file itself, not of its encrypted form. */
  readonly sha256?: Uint8Array | undefined
  readonly byteLength?: number | undefined
  /** The message that it came with, for asking for it once more. */
  readonly origin?: MessageTarget | undefined
}

/** A file as the content names it. Without `mediaId` WhatsApp did not say where it is. */
export interface SharedFile {
  readonly mediaId?: MediaId | undefined
  readonly mimeType: string
}

export interface SharedImage extends SharedFile {
  readonly caption: string
  readonly width: number
  readonly height: number
  readonly viewOnce: boolean
}

export interface SharedVideo extends SharedImage {
  readonly seconds: number
}

export interface SharedDocument extends SharedFile {
  readonly fileName: string
  readonly title: string
  readonly caption?: string | undefined
  readonly pageCount: number
}

export interface Place {
  readonly latitude: number
  readonly longitude: number
  readonly name: string
  readonly address: string
  readonly url: string
}

export interface ContactCard {
  readonly displayName: string
  readonly vCard: string
  /** Digits only. */
  readonly phones: readonly string[]
}

export type CardButton =
  | { readonly kind: 'copy'; readonly text: string; readonly code: string }
  | { readonly kind: 'url'; readonly text: string; readonly url: string }
  | { readonly kind: 'reply'; readonly text: string; readonly id: string }
  | { readonly kind: 'call'; readonly text: string; readonly phone: string }

export type CardHeader =
  | { readonly kind: 'image'; readonly image: SharedImage }
  | { readonly kind: 'video'; readonly video: SharedVideo }
  | { readonly kind: 'document'; readonly document: SharedDocument }
  | { readonly kind: 'location'; readonly place: Place }

/** Text with a header or with buttons under it. */
export interface Card {
  readonly header?: CardHeader | undefined
  readonly text: string
  readonly title: string
  readonly footer: string
  readonly templateId: string
  readonly buttons: readonly CardButton[]
}

export interface OrderLine {
  readonly name: string
  readonly quantity: number
  readonly productId: string
  readonly isCustomItem: boolean
  /** In the currency, as all amounts of an order. */
  readonly amount: number
}

export interface OrderDetails {
  readonly type?: string | undefined
  readonly currency: string
  readonly referenceId: string
  readonly orderRequestId: string
  readonly orderStatus: string
  readonly paymentStatus: string
  readonly total: number
  readonly subTotal: number
  readonly discount: number
  readonly shipping: number
  readonly tax: number
  readonly lines: readonly OrderLine[]
}

/** One line of a cart. */
export interface CartLine {
  readonly productId: string
  readonly retailerId: string
  readonly name: string
  readonly quantity: number
  readonly currency: string
  /** Of one piece, in thousandths of the currency. */
  readonly price: number
}

/** What WhatsApp books of a payment. The phone may know more of it than its linked devices are told. */
export interface PaymentBooking {
  readonly receiver: PersonId
  readonly currency: string
  /** In the currency. */
  readonly amount: number
  /** WhatsApp's words: `WAITING`, `COMPLETE`. */
  readonly status: string
  readonly transactionStatus: string
}

export type IncomingContent =
  | {
      readonly kind: 'text'
      readonly text: string
      /** What the sender's WhatsApp found out about the link in it. */
      readonly link?:
        | { readonly title: string; readonly description: string; readonly url: string }
        | undefined
    }
  /** A message with a button that copies a code, whatever form it had on the wire. */
  | {
      readonly kind: 'copy-code'
      readonly text: string
      readonly title: string
      readonly footer: string
      readonly buttons: readonly { readonly text: string; readonly code: string }[]
    }
  /** WhatsApp hides some messages (Cloud API log-in codes) from every linked device. */
  | { readonly kind: 'masked' }
  /** It could not be read yet, or is for the phone only. What it says may follow under the same id. */
  | { readonly kind: 'waiting'; readonly viewOnce: boolean }
  | ({ readonly kind: 'image' } & SharedImage)
  | ({ readonly kind: 'video'; readonly isGif: boolean } & SharedVideo)
  /** A video that WhatsApp shows as a circle. */
  | ({ readonly kind: 'round-video' } & SharedVideo)
  | ({
      readonly kind: 'audio'
      /** Recorded in the chat. */
      readonly isVoice: boolean
      readonly seconds: number
      readonly viewOnce: boolean
    } & SharedFile)
  | ({ readonly kind: 'document' } & SharedDocument)
  | ({ readonly kind: 'sticker'; readonly width: number; readonly height: number } & SharedFile)
  | { readonly kind: 'contacts'; readonly contacts: readonly ContactCard[] }
  | ({ readonly kind: 'location' } & Place)
  | {
      readonly kind: 'live-location'
      readonly latitude: number
      readonly longitude: number
      readonly caption: string
      readonly sequence: number
    }
  | ({ readonly kind: 'card' } & Card)
  | { readonly kind: 'carousel'; readonly text: string; readonly cards: readonly Card[] }
  | {
      readonly kind: 'buttons'
      readonly text: string
      readonly image?: SharedImage | undefined
      readonly video?: SharedVideo | undefined
      readonly buttons: readonly { readonly id: string; readonly text: string }[]
    }
  | { readonly kind: 'button-reply'; readonly id: string; readonly text: string }
  | {
      readonly kind: 'list-reply'
      readonly rowId: string
      readonly title: string
      readonly text: string
    }
  | {
      readonly kind: 'pix-key'
      readonly currency: string
      readonly referenceId: string
      readonly key: string
      readonly keyType: string
      readonly merchantName: string
    }
  | ({ readonly kind: 'order-payment' } & OrderDetails)
  | ({ readonly kind: 'order-status' } & OrderDetails)
  | {
      readonly kind: 'reaction'
      /** Empty where a reaction was taken back. */
      readonly emoji: string
      readonly at: EpochMs
      readonly target: MessageTarget
    }
  | {
      readonly kind: 'poll'
      readonly question: string
      /** 0 is "as many as there are". */
      readonly mostChoices: number
      readonly options: readonly string[]
    }
  | {
      readonly kind: 'poll-vote'
      readonly poll: MessageTarget
      /** Empty where a vote was taken back. */
      readonly options: readonly string[]
    }
  | {
      readonly kind: 'product'
      readonly image?: SharedImage | undefined
      readonly ownerPhone: string
      readonly productId: string
      readonly title: string
      readonly description: string
      readonly currency: string
      /** In thousandths of the currency. */
      readonly price: number
      readonly imageCount: number
      readonly url: string
      readonly retailerId: string
      readonly firstImageId: string
    }
  | {
      readonly kind: 'cart'
      readonly orderId: string
      readonly title: string
      readonly text: string
      readonly itemCount: number
      readonly sellerPhone: string
      readonly token: string
      readonly currency: string
      /** In thousandths of the currency. */
      readonly total: number
      /** Absent where WhatsApp did not tell them in time. */
      readonly lines?: readonly CartLine[] | undefined
    }
  | {
      readonly kind: 'channel-admin-invite'
      readonly channel: string
      readonly name: string
      readonly text: string
      readonly expiresAtSeconds: number
    }
  | {
      readonly kind: 'pin'
      readonly isPinned: boolean
      readonly durationSeconds: number
      readonly target: MessageTarget
    }
  | {
      readonly kind: 'event'
      readonly name: string
      readonly description: string
      readonly isCanceled: boolean
      readonly joinLink: string
      readonly startsAtSeconds: number
      readonly place?: Place | undefined
    }
  | {
      readonly kind: 'event-reply'
      readonly response: 'going' | 'not-going' | 'maybe'
      readonly at: EpochMs
      readonly event: MessageTarget
    }
  /** A request for money. */
  | {
      readonly kind: 'payment-request'
      readonly currency: string
      /** In the currency. */
      readonly amount: number
      readonly expiresAt: EpochMs
      /** Who is to pay. */
      readonly payer: PersonId
      readonly booking?: PaymentBooking | undefined
    }
  /** A payment. The amount is in the booking alone. */
  | { readonly kind: 'payment'; readonly booking?: PaymentBooking | undefined }
  | Notice
