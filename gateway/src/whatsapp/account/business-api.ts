/** Business profiles over one open socket (`xmlns=w:biz`). */

import { type BinaryNode, S_WHATSAPP_NET } from 'baileys'
import type { BusinessApi, BusinessChange, BusinessProfile } from '../../domain/business.js'
import { WhatsappRefusedError } from '../../domain/errors.js'
import { ask } from '../connection/ask.js'
import { type AccountOptions, assertBusiness, assertOpen, numberJid } from './account-query.js'
import { changeNode, profileIn, question } from './business-node.js'

export class BaileysBusinessApi implements BusinessApi {
  readonly #options: AccountOptions

  constructor(options: AccountOptions) {
    this.#options = options
  }

  async profileOf(phone: string): Promise<BusinessProfile | undefined> {
    assertOpen(this.#options)
    const jid = await numberJid(phone, this.#options)
    if (jid === undefined) return undefined
    try {
      return profileIn(await this.#ask('get', question(jid)))
    } catch (cause) {
      if (cause instanceof WhatsappRefusedError && cause.refusal === 404) return undefined
      throw cause
    }
  }

  async change(change: BusinessChange): Promise<void> {
    assertOpen(this.#options)
    assertBusiness(this.#options)
    await this.#ask('set', changeNode(change))
  }

  #ask(type: 'get' | 'set', content: BinaryNode): Promise<BinaryNode> {
    const attrs = { to: S_WHATSAPP_NET, type, xmlns: 'w:biz' }
    return ask(this.#options.sock, { tag: 'iq', attrs, content: [content] })
  }
}
