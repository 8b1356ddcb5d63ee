/**
 * A message as plain data, whatever kind it is: an ordered list of parts that the phone page, the console's
 * preview and the tests read. It knows no protobuf and no JID of a device.
 *
 * Types only: the pages import them.
 */

export type EventAnswer = 'going' | 'not-going' | 'maybe'

export interface View {
  /** `text`, `image`, `poll`, …. For a kind without a drawing: the field's name on the wire. */
  readonly kind: string
  /** From top to bottom. */
  readonly parts: readonly Part[]
  /** The message that this one answers. */
  readonly quote?: Quote
  /** Passed on by its sender; `often` from five times on. */
  readonly forwarded?: 'once' | 'often'
  readonly viewOnce?: true
  /** It disappears so many seconds after it was sent. */
  readonly disappearsAfter?: number
}

export interface Quote {
  readonly id: string
  /** Digits; empty when the sender does not say. */
  readonly from: string
  readonly kind: string
  readonly text: string
}

export type Part =
  | TextPart
  | MediaPart
  | LocationPart
  | ContactsPart
  | LinkPart
  | ButtonsPart
  | ListPart
  | CarouselPart
  | PollPart
  | EventPart
  | ProductPart
  | OrderPart
  | PixPart
  | InvitePart
  | UnknownPart

export interface TextPart {
  readonly type: 'title' | 'text' | 'footer'
  /** With WhatsApp's marks for bold and so on, as it was sent. */
  readonly text: string
  readonly mentions?: readonly Mention[]
}

export interface Mention {
  /** What stands in the text, `@5511999990000` for a person. */
  readonly token: string
  /** Digits of the person, or the JID of the group. */
  readonly who: string
}

export type MediaForm =
  | 'image'
  | 'video'
  | 'gif'
  | 'round-video'
  | 'audio'
  | 'voice'
  | 'document'
  | 'sticker'

export interface MediaPart {
  readonly type: 'media'
  readonly form: MediaForm
  /** Names the file among the files of the message. */
  readonly file: string
  readonly mimetype: string
  /** In pixels. */
  readonly width?: number
  readonly height?: number
  readonly seconds?: number
  /** 64 heights from 0 to 100. */
  readonly waveform?: readonly number[]
  readonly fileName?: string
  readonly byteLength?: number
  readonly pages?: number
  /** Names the small JPEG among the files, shown until the file is there. */
  readonly thumbnail?: string
  readonly animated?: true
}

export interface LocationPart {
  readonly type: 'location'
  readonly latitude: number
  readonly longitude: number
  readonly name?: string
  readonly address?: string
  readonly url?: string
  readonly live?: true
}

export interface ContactsPart {
  readonly type: 'contacts'
  /** What the sender calls them together. */
  readonly name?: string
  readonly contacts: readonly ContactCard[]
}

export interface ContactCard {
  readonly name: string
  readonly organisation?: string
  readonly about?: string
  readonly phones: readonly {
    readonly number: string
    /** Digits of the WhatsApp account: only with it can the person be written to. */
    readonly whatsapp?: string
  }[]
}

export interface LinkPart {
  readonly type: 'link'
  readonly url: string
  readonly title?: string
  readonly description?: string
  /** Names the small JPEG among the files of the message. */
  readonly thumbnail?: string
  /** Names the large picture among the files of the message. */
  readonly file?: string
}

export interface ButtonsPart {
  readonly type: 'buttons'
  readonly buttons: readonly Button[]
}

export type Button =
  | { readonly kind: 'copy'; readonly text: string; readonly code: string }
  | { readonly kind: 'url'; readonly text: string; readonly url: string }
  | { readonly kind: 'call'; readonly text: string; readonly phone: string }
  | { readonly kind: 'reply'; readonly text: string; readonly id: string }
  /** Of a kind that this program does not know. */
  | { readonly kind: 'other'; readonly text: string; readonly name: string }

export interface ListPart {
  readonly type: 'list'
  /** On the button that opens the list. */
  readonly button: string
  readonly title?: string
  readonly sections: readonly {
    readonly title: string
    readonly rows: readonly ListRow[]
  }[]
}

export interface ListRow {
  readonly id: string
  readonly title: string
  readonly description?: string
}

export interface CarouselPart {
  readonly type: 'carousel'
  readonly cards: readonly { readonly parts: readonly Part[] }[]
}

export interface PollPart {
  readonly type: 'poll'
  readonly question: string
  readonly options: readonly string[]
  /** How many a voter may choose; 0 is any number. */
  readonly selectable: number
}

export interface EventPart {
  readonly type: 'event'
  readonly name: string
  readonly description?: string
  /** Milliseconds since 1970. */
  readonly startsAt?: number
  readonly endsAt?: number
  readonly place?: string
  readonly callUrl?: string
  readonly canceled?: true
}

/** In thousandths of the currency's unit. */
export interface Price {
  readonly currency: string
  readonly amount1000: number
}

export interface ProductPart {
  readonly type: 'product'
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly price?: Price
  /** Names the picture among the files of the message. */
  readonly file?: string
  /** Digits of the shop. */
  readonly shop?: string
}

export interface OrderPart {
  readonly type: 'order'
  readonly form: 'cart' | 'order' | 'update'
  readonly reference: string
  readonly items: readonly {
    readonly name: string
    readonly quantity: number
    readonly price?: Price
  }[]
  readonly total?: Price
  readonly status?: string
  readonly paymentStatus?: string
}

export interface PixPart {
  readonly type: 'pix'
  readonly merchant: string
  readonly keyType: string
  readonly key: string
}

export interface InvitePart {
  readonly type: 'invite'
  readonly to: 'channel' | 'group'
  readonly id: string
  readonly name: string
  /** Names the small JPEG among the files of the message. */
  readonly thumbnail?: string
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
}

export interface UnknownPart {
  readonly type: 'unknown'
  /** The field's name on the wire. */
  readonly name: string
}
