/**
 * Catalogues on the wire: `<iq xmlns=w:biz:catalog>`, in the shape of rc14's `getCatalog` and
 * `getCollections`, which hide what WhatsApp does not answer and read one picture alone.
 */

import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from 'baileys'
import type { CatalogPage, Product, ProductCollection } from '../../domain/catalog.js'
import { textIn, textNode } from './wire-text.js'

/** Of the preview pictures, in pixels. */
const previewSide = '100'
const mostCollections = '51'

const preview = () => [textNode('width', previewSide), textNode('height', previewSide)]

export function catalogQuestion(jid: string, limit: number, cursor?: string): BinaryNode {
  return {
    tag: 'product_catalog',
    attrs: { jid, allow_shop_source: 'true' },
    content: [
      textNode('limit', String(limit)),
      ...preview(),
      ...(cursor === undefined ? [] : [textNode('after', cursor)]),
    ],
  }
}

export function collectionsQuestion(jid: string): BinaryNode {
  return {
    tag: 'collections',
    attrs: { biz_jid: jid },
    content: [
      textNode('collection_limit', mostCollections),
      textNode('item_limit', mostCollections),
      ...preview(),
    ],
  }
}

export function catalogPageIn(answer: BinaryNode): CatalogPage {
  const catalog = getBinaryNodeChild(answer, 'product_catalog')
  return {
    products: productsIn(catalog),
    nextCursor: textIn(getBinaryNodeChild(catalog, 'paging'), 'after'),
  }
}

export function collectionsIn(answer: BinaryNode): readonly ProductCollection[] {
  const collections = getBinaryNodeChildren(getBinaryNodeChild(answer, 'collections'), 'collection')
  return collections.flatMap((collection) => {
    const id = textIn(collection, 'id')
    if (id === undefined) return []
    const status = textIn(getBinaryNodeChild(collection, 'status_info'), 'status') ?? ''
    const name = textIn(collection, 'name') ?? ''
    return [{ id, name, status, products: productsIn(collection) }]
  })
}

function productsIn(parent: BinaryNode | undefined): readonly Product[] {
  return getBinaryNodeChildren(parent, 'product').flatMap((node) => productIn(node) ?? [])
}

function productIn(node: BinaryNode): Product | undefined {
  const id = textIn(node, 'id')
  if (id === undefined) return undefined
  const images = getBinaryNodeChildren(getBinaryNodeChild(node, 'media'), 'image')
  return {
    id,
    name: textIn(node, 'name') ?? '',
    description: textIn(node, 'description'),
    priceThousandths: numberIn(node, 'price'),
    salePriceThousandths: numberIn(getBinaryNodeChild(node, 'sale_price'), 'price'),
    currency: textIn(node, 'currency'),
    retailerId: textIn(node, 'retailer_id'),
    url: textIn(node, 'url'),
    availability: textIn(node, 'availability') ?? 'in stock',
    isHidden: node.attrs['is_hidden'] === 'true',
    imageUrls: images.flatMap(
      (image) => textIn(image, 'original_image_url') ?? textIn(image, 'request_image_url') ?? [],
    ),
  }
}

function numberIn(parent: BinaryNode | undefined, tag: string): number | undefined {
  const text = textIn(parent, tag)
  return text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : undefined
}
