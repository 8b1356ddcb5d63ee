import { listIn, recordIn, stringIn } from './plain.js'
import type { PixPart } from './view.js'

/** The PIX keys among the ways to pay. */
export function pixPartsOf(params: Readonly<Record<string, unknown>>): readonly PixPart[] {
  return listIn(params['payment_settings']).flatMap((each) => {
    const pix = recordIn(recordIn(each)?.['pix_static_code'])
    const key = stringIn(pix?.['key'])
    if (key === undefined) return []
    const merchant = stringIn(pix?.['merchant_name']) ?? ''
    return [{ type: 'pix' as const, merchant, keyType: stringIn(pix?.['key_type']) ?? '', key }]
  })
}
