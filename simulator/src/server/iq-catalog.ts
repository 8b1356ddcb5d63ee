/**
 * `xmlns=w:biz:catalog`: the products of a business. A business without a catalogue gets no answer about it, as none
 * does at the real WhatsApp since 2026; the answers are what WhatsApp gave before, as Baileys reads them.
 */

import type { BinaryNode } from 'baileys'
import type { Catalog, StoreProduct } from '../storefront.js'
import { childOf, stanza, textOf } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'

const usualLimit = 10

export function listProducts(call: IqCall): BinaryNode[] | undefined {
  const { request } = call
  const catalog = catalogOf(call, 'jid')
  if (catalog === undefined) return undefined
  const from = placeIn(request)
  const to = from + (Number(textOf(childOf(request, 'limit'))) || usualLimit)
  const products = catalog.products.slice(from, to).map((each) => productNode(each, call))
  const paging =
    to < catalog.products.length
      ? [stanza('paging', {}, [stanza('after', {}, Buffer.from(`after-${to}`))])]
      : []
  return [stanza('product_catalog', {}, [...products, ...paging])]
}

export function listCollections(call: IqCall): BinaryNode[] | undefined {
  const catalog = catalogOf(call, 'biz_jid')
  if (catalog === undefined) return undefined
  const collections = catalog.collections.map(({ id, name, status, products }) =>
    stanza('collection', {}, [
      ...textNodes({ id, name }),
      stanza('status_info', {}, textNodes({ status })),
      ...products.flatMap((each) => {
        const product = catalog.products.find((candidate) => candidate.id === each)
        return product === undefined ? [] : [productNode(product, call)]
      }),
    ]),
  )
  return [stanza('collections', {}, collections)]
}

function catalogOf({ request, network }: IqCall, attribute: string): Catalog | undefined {
  return network.accountOf(request?.attrs[attribute])?.storefront.catalog
}

function placeIn(request: BinaryNode | undefined): number {
  const after = childOf(request, 'after')
  if (after === undefined) return 0
  const place = /^after-(\d+)$/.exec(textOf(after) ?? '')?.[1]
  if (place === undefined) throw new IqError(400, 'bad-request')
  return Number(place)
}

function productNode(product: StoreProduct, { publish }: IqCall): BinaryNode {
  const { id, name, description, price, currency, retailerId, url, salePrice, image } = product
  const link = image === undefined ? undefined : publish(Buffer.from(image, 'base64'))
  return stanza('product', { is_hidden: String(product.isHidden ?? false) }, [
    ...textNodes({ id, name, description, price, currency, retailer_id: retailerId, url }),
    ...(salePrice === undefined ? [] : [stanza('sale_price', {}, textNodes({ price: salePrice }))]),
    stanza(
      'media',
      {},
      link === undefined
        ? []
        : [stanza('image', {}, textNodes({ request_image_url: link, original_image_url: link }))],
    ),
    stanza('status_info', {}, textNodes({ status: 'APPROVED' })),
  ])
}

function textNodes(texts: Readonly<Record<string, string | number | undefined>>): BinaryNode[] {
  return Object.entries(texts).flatMap(([tag, text]) =>
    text === undefined ? [] : [stanza(tag, {}, Buffer.from(String(text)))],
  )
}
