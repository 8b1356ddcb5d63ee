import type { ButtonsContent } from './buttons.js'
import type { Traits } from './traits.js'

export type PixKeyType = 'CPF' | 'CNPJ' | 'PHONE' | 'EMAIL' | 'EVP'

/** A card with a Pix key, which its reader can copy or pay to. */
export interface PixKeyContent {
  readonly kind: 'pix-key'
  readonly key: string
  readonly keyType: PixKeyType
  readonly merchantName: string
  /** 11 characters, 0-9 and A-Z, as WhatsApp's clients make them. */
  readonly referenceId: string
  readonly orderRequestId: string
  /** How it is marked beside the message. WhatsApp Web nests it; some numbers are let through flat. */
  readonly marked: 'nested' | 'flat'
}

export const pixKeyTraits: Traits<PixKeyContent, PixKeyContent | ButtonsContent> = {
  text: pixLines,
  asReceived: ({ key, keyType, merchantName, referenceId }) => ({
    kind: 'pix-key',
    currency: 'BRL',
    referenceId,
    key,
    keyType,
    merchantName,
  }),
  fallback: (content) =>
    content.marked === 'nested' ? { ...content, marked: 'flat' } : withCopyButton(content),
}

export function pixLines({
  key,
  keyType,
  merchantName,
}: Pick<PixKeyContent, 'key' | 'keyType' | 'merchantName'>): string {
  return `Pix - ${merchantName}\nChave (${keyType}): ${key}`
}

function withCopyButton(content: PixKeyContent): ButtonsContent {
  return {
    kind: 'buttons',
    text: pixLines(content),
    title: '',
    footer: '',
    buttons: [{ kind: 'copy', text: 'Copiar chave Pix', code: content.key }],
  }
}
