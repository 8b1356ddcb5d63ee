import type { PixKeyContent } from '../../domain/content/pix-key.js'

/** A Pix key among the ways to pay. */
export function pixSetting({
  key,
  keyType,
  merchantName,
}: Pick<PixKeyContent, 'key' | 'keyType' | 'merchantName'>): object {
  return {
    type: 'pix_static_code',
    pix_static_code: { merchant_name: merchantName, key, key_type: keyType },
  }
}
