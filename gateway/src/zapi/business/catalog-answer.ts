/** Products of a catalogue in Z-API's words. */

import { Type } from 'typebox'
import type { CatalogPage, Product } from '../../domain/catalog.js'

const textOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description })

export const product = {
  availability: Type.String({ description: "WhatsApp's word: in stock, out of stock." }),
  id: Type.String({ description: 'Of the product.' }),
  retailerId: textOrNull("The business's own code. null where there is none."),
  description: Type.String({ description: 'The text below the name.' }),
  price: textOrNull('In thousandths of the currency: 100000 is 100.00. null without a price.'),
  salePrice: textOrNull('The lower price, in thousandths. null without one.'),
  currency: Type.String({ description: 'Of the prices: BRL.' }),
  name: Type.String({ description: 'Of the product.' }),
  images: Type.Array(Type.String(), {
    description: 'Where WhatsApp serves the pictures, for some time.',
  }),
}

const productExample = {
  availability: 'in stock',
  id: '7190654897637620',
  retailerId: null,
  description: 'Sem fio',
  price: '100000',
  salePrice: '90000',
  currency: 'BRL',
  name: 'Mouse',
  images: ['https://media.example.com/mouse.jpg'],
}

export const productAlone = Type.Object(
  {
    cartEnabled: Type.Boolean({ description: 'Whether the catalogue takes carts.' }),
    catalogId: Type.String({ description: 'Always empty: WhatsApp does not tell it.' }),
    ...product,
  },
  {
    description: 'The product as it is now.',
    examples: [{ cartEnabled: true, catalogId: '', ...productExample }],
  },
)

export const catalogPage = Type.Object(
  {
    cartEnabled: Type.Boolean({ description: 'Whether the catalogue takes carts.' }),
    products: Type.Array(
      Type.Object({
        ...product,
        quantity: Type.Null({ description: 'Always null: WhatsApp does not tell it.' }),
      }),
      { description: 'At most 50.' },
    ),
    nextCursor: Type.Optional(
      Type.String({ description: 'Asks for the next page. Left out on the last one.' }),
    ),
  },
  {
    description: 'One page.',
    examples: [
      {
        cartEnabled: true,
        products: [{ ...productExample, quantity: null }],
        nextCursor: 'AQHRi0c',
      },
    ],
  },
)

export function productAnswer(found: Product) {
  return {
    availability: found.availability,
    id: found.id,
    retailerId: found.retailerId ?? null,
    description: found.description ?? '',
    price: thousandths(found.priceThousandths),
    salePrice: thousandths(found.salePriceThousandths),
    currency: found.currency ?? '',
    name: found.name,
    images: found.imageUrls,
  }
}

export function pageAnswer({ products, nextCursor }: CatalogPage, cartEnabled: boolean): object {
  return {
    cartEnabled,
    products: products.map((each) => ({ ...productAnswer(each), quantity: null })),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  }
}

function thousandths(price: number | undefined): string | null {
  return price === undefined ? null : String(price)
}
