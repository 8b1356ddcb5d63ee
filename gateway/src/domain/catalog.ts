/** The catalogue that a business shows on WhatsApp. */

export interface Product {
  /** Digits. */
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  /** In thousandths of the currency. */
  readonly priceThousandths?: number | undefined
  readonly salePriceThousandths?: number | undefined
  /** ISO 4217. */
  readonly currency?: string | undefined
  /** The business's own code for it. */
  readonly retailerId?: string | undefined
  /** Its page elsewhere. */
  readonly url?: string | undefined
  /** In WhatsApp's words: `in stock`. */
  readonly availability: string
  readonly isHidden: boolean
  /** Where WhatsApp serves its pictures, for some time. */
  readonly imageUrls: readonly string[]
}

export interface CatalogPage {
  readonly products: readonly Product[]
  /** Asks for the next page. Missing on the last one. */
  readonly nextCursor?: string | undefined
}

export interface ProductCollection {
  readonly id: string
  readonly name: string
  /** In WhatsApp's words: `APPROVED`. */
  readonly status: string
  readonly products: readonly Product[]
}

/**
 * The questions of an open connection that concern catalogues. `phone` is digits; the own catalogue if unset.
 *
 * All of them throw `NotConnectedError` without an open connection, `WhatsappRefusedError` when
 * WhatsApp says no or says nothing: asking again is safe, and within some minutes in vain.
 */
export interface CatalogApi {
  pageOf(phone?: string, cursor?: string): Promise<CatalogPage>
  /** The first 51, with the first 51 products of each. */
  collectionsOf(phone?: string): Promise<readonly ProductCollection[]>
  /** The product with this id. Reads at most 1,000 products. `undefined`: it is not among them. */
  find(id: string, phone?: string): Promise<Product | undefined>
}
