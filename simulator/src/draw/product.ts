import { kind } from './kind.js'
import { filled, numberIn } from './plain.js'
import { priceOf } from './price.js'

export const product = kind('productMessage', (message, pen) => {
  const { product: shown, businessOwnerJid, body, footer } = message
  const picture = shown?.productImage
  return {
    kind: 'product',
    parts: [
      filled({
        type: 'product',
        id: shown?.productId ?? '',
        title: shown?.title ?? '',
        description: shown?.description,
        price: priceOf(shown?.currencyCode, numberIn(shown?.priceAmount1000)),
        file: picture ? pen.file({ ...picture, type: 'image' }) : undefined,
        shop: businessOwnerJid ? pen.numberOf(businessOwnerJid) : undefined,
      }),
      ...(body ? [{ type: 'text' as const, text: body }] : []),
      ...(footer ? [{ type: 'footer' as const, text: footer }] : []),
    ],
  }
})
