/** What a business shows: its profile, and its catalogue where it has one. State only. */

export interface DayHours {
  /** `sun` to `sat`. */
  readonly day: string
  readonly mode: 'specific_hours' | 'open_24h' | 'appointment_only'
  /** Minutes since midnight, with specific hours alone. */
  readonly opensAt?: number | undefined
  readonly closesAt?: number | undefined
}

export interface StoreProfile {
  readonly description: string
  readonly address: string
  readonly email: string
  readonly websites: readonly string[]
  readonly categories: readonly { readonly id: string; readonly name: string }[]
  readonly hours?: { readonly timezone: string; readonly days: readonly DayHours[] } | undefined
  readonly hasCoverPhoto: boolean
  readonly cartEnabled: boolean
}

export interface StoreProduct {
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  /** In thousandths of the currency. */
  readonly price?: number | undefined
  readonly salePrice?: number | undefined
  readonly currency?: string | undefined
  readonly retailerId?: string | undefined
  readonly url?: string | undefined
  readonly isHidden?: boolean | undefined
  /** Base64 of a JPEG. */
  readonly image?: string | undefined
}

export interface Catalog {
  readonly products: readonly StoreProduct[]
  readonly collections: readonly {
    readonly id: string
    readonly name: string
    readonly status: string
    /** Ids of products. */
    readonly products: readonly string[]
  }[]
}

export class Storefront {
  /** A signed certificate, which the phone makes. */
  verifiedName: Uint8Array | undefined
  profile: StoreProfile = {
    description: '',
    address: '',
    email: '',
    websites: [],
    categories: [],
    hasCoverPhoto: false,
    cartEnabled: false,
  }
  /**
   * The questions for it are answered as WhatsApp did before 2026. Without one they are not answered
   * at all, as WhatsApp does now (Baileys #2717).
   */
  catalog: Catalog | undefined
}
