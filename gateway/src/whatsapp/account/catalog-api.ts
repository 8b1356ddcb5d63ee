/**
 * Catalogues over one open socket (`xmlns=w:biz:catalog`).
 *
 * Since 2026 WhatsApp leaves this question of linked devices unanswered (Baileys #2717, 2026-09-10):
 * its own web client asks over HTTPS with a token of its own. It is asked once in a while all the same,
 * because nothing else is known to work, and no caller waits for long.
 */

import { type BinaryNode, jidNormalizedUser, S_WHATSAPP_NET } from 'baileys'
import type { CatalogApi, CatalogPage, Product, ProductCollection } from '../../domain/catalog.js'
import { WhatsappRefusedError, WhatsappSilentError } from '../../domain/errors.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import { answerTo } from '../connection/ask.js'
import { type AccountOptions, assertBusiness, assertOpen, numberJid } from './account-query.js'
import {
  catalogPageIn,
  catalogQuestion,
  collectionsIn,
  collectionsQuestion,
} from './catalog-node.js'

export interface CatalogApiOptions extends AccountOptions {
  readonly clock: Pick<Clock, 'now'>
}

const answerMs = 8_000
/** After one silence, calls are refused at once for so long. */
const silenceBelievedMs = 10 * 60_000
const perPage = 50
const mostRead = 1_000

export class BaileysCatalogApi implements CatalogApi {
  readonly #options: CatalogApiOptions
  #silentUntil: EpochMs = 0

  constructor(options: CatalogApiOptions) {
    this.#options = options
  }

  async pageOf(phone?: string, cursor?: string): Promise<CatalogPage> {
    return catalogPageIn(await this.#ask(phone, (jid) => catalogQuestion(jid, perPage, cursor)))
  }

  async collectionsOf(phone?: string): Promise<readonly ProductCollection[]> {
    return collectionsIn(await this.#ask(phone, collectionsQuestion, { smax_id: '35' }))
  }

  async find(id: string, phone?: string): Promise<Product | undefined> {
    let cursor: string | undefined
    for (let read = 0; read < mostRead; read += perPage) {
      const { products, nextCursor } = await this.pageOf(phone, cursor)
      const found = products.find((product) => product.id === id)
      if (found !== undefined || nextCursor === undefined) return found
      cursor = nextCursor
    }
    return undefined
  }

  async #ask(
    phone: string | undefined,
    questionAbout: (jid: string) => BinaryNode,
    more: Readonly<Record<string, string>> = {},
  ): Promise<BinaryNode> {
    const { sock, clock } = this.#options
    assertOpen(this.#options)
    const jid = await this.#jidOf(phone)
    if (clock.now() < this.#silentUntil) throw unavailable()
    const attrs = { to: S_WHATSAPP_NET, type: 'get', xmlns: 'w:biz:catalog', ...more }
    const iq = { tag: 'iq', attrs, content: [questionAbout(jid)] }
    try {
      return await answerTo<BinaryNode>(sock.query(iq, answerMs))
    } catch (cause) {
      if (!(cause instanceof WhatsappSilentError)) throw cause
      // What closes meanwhile says nothing about WhatsApp.
      assertOpen(this.#options)
      this.#silentUntil = clock.now() + silenceBelievedMs
      throw unavailable({ cause })
    }
  }

  async #jidOf(phone: string | undefined): Promise<string> {
    if (phone === undefined) {
      assertBusiness(this.#options)
      return jidNormalizedUser(this.#options.sock.authState.creds.me?.id)
    }
    const jid = await numberJid(phone, this.#options)
    if (jid === undefined) throw new WhatsappRefusedError('This number is not on WhatsApp.')
    return jid
  }
}

function unavailable(options?: ErrorOptions): WhatsappRefusedError {
  return new WhatsappRefusedError(
    'WhatsApp does not give the catalogue to this linked device. Read it in the app; send-catalog and send-product still send links to it.',
    options,
  )
}
