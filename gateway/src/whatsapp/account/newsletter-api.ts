/** Channels over one open socket, through WhatsApp's GraphQL service. */

import type { WASocket } from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import {
  NotConnectedError,
  WhatsappRefusedError,
  WhatsappSilentError,
} from '../../domain/errors.js'
import type {
  NewsletterApi,
  NewsletterChange,
  NewsletterInfo,
  NewsletterSearch,
} from '../../domain/newsletter.js'
import type { EpochMs } from '../../domain/time.js'
import { lidJid, newsletterJid, personOfJid } from '../jid.js'
import type { MediaHosts } from '../media/media-hosts.js'
import type { RecipientResolver } from '../send/resolve.js'
import { askMex, field, type Json, numberField } from './mex.js'
import type { MexDocuments, MexOperation } from './mex-operations.js'
import { newsletterOf } from './newsletter-json.js'
import { newsletterRefusal } from './newsletter-refusal.js'

export interface NewsletterApiOptions {
  readonly sock: Pick<WASocket, 'query' | 'authState'>
  readonly resolver: Pick<RecipientResolver, 'resolve'>
  readonly mediaHosts: Pick<MediaHosts, 'first'>
  readonly documents: MexDocuments
  isOpen(): boolean
}

/** Where pictures are if WhatsApp names no media host. */
const usualMediaHost = 'mmg.whatsapp.net'

export class BaileysNewsletterApi implements NewsletterApi {
  readonly #options: NewsletterApiOptions

  constructor(options: NewsletterApiOptions) {
    this.#options = options
  }

  async list(): Promise<readonly NewsletterInfo[]> {
    const wanted = { fetch_status_metadata: false, fetch_wamo_sub: false }
    return this.#all(await this.#ask('newsletter-list', wanted))
  }

  async find(newsletter: string): Promise<NewsletterInfo> {
    const told = await this.#ask('newsletter-find', {
      input: { key: newsletterJid(newsletter), type: 'JID', view_role: 'GUEST' },
      fetch_creation_time: true,
      fetch_full_image: true,
      fetch_pinned_messages: false,
      fetch_status_metadata: false,
      fetch_viewer_metadata: true,
      fetch_wamo_sub: false,
    })
    const [found] = await this.#all([told])
    if (found === undefined) throw newsletterRefusal(404)
    return found
  }

  async search(wish: NewsletterSearch, limit: number): Promise<readonly NewsletterInfo[]> {
    const isText = 'text' in wish
    const input = isText
      ? { search_text: wish.text, categories: [] }
      : { view: wish.view, filters: { country_codes: wish.countryCodes, categories: [] } }
    const told = await this.#ask(isText ? 'newsletter-search' : 'newsletter-directory', {
      fetch_status_metadata: false,
      input: { ...input, limit, start_cursor: null },
    })
    return (await this.#all(field(told, 'result'))).slice(0, limit)
  }

  async create(name: string, description: string): Promise<string> {
    const input = { name, description, picture: null }
    const [made] = await this.#all([await this.#ask('newsletter-create', { input })])
    if (made === undefined)
      throw new WhatsappRefusedError('WhatsApp told nothing of the new channel.')
    return made.newsletter
  }

  async change(newsletter: string, change: NewsletterChange): Promise<void> {
    const { name, description, picture, reactions } = change
    await this.#ask('newsletter-update', {
      ...naming(newsletter),
      updates: {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(picture === undefined ? {} : { picture: Buffer.from(picture).toString('base64') }),
        settings:
          reactions === undefined ? null : { reaction_codes: { value: reactions.toUpperCase() } },
      },
    })
  }

  async delete(newsletter: string): Promise<void> {
    await this.#ask('newsletter-delete', naming(newsletter))
  }

  async follow(newsletter: string): Promise<void> {
    await this.#ask('newsletter-join', naming(newsletter))
  }

  async unfollow(newsletter: string): Promise<void> {
    await this.#ask('newsletter-leave', naming(newsletter))
  }

  async setMuted(newsletter: string, isMuted: boolean): Promise<void> {
    const value = isMuted ? 'ON' : 'OFF'
    await this.#ask('newsletter-setting', {
      input: { ...naming(newsletter), type: 'MUTE_FOLLOWER_ACTIVITY', value },
    })
  }

  async inviteAdmin(newsletter: string, person: Recipient): Promise<EpochMs | undefined> {
    const told = await this.#askAbout('newsletter-invite-admin', newsletter, person)
    const seconds = numberField(told, 'invite_expiration_time')
    return seconds === undefined ? undefined : seconds * 1_000
  }

  async acceptInvitation(newsletter: string): Promise<void> {
    await this.#ask('newsletter-accept-invite', naming(newsletter))
  }

  async revokeInvitation(newsletter: string, person: Recipient): Promise<void> {
    await this.#askAbout('newsletter-revoke-invite', newsletter, person)
  }

  async removeAdmin(newsletter: string, person: Recipient): Promise<void> {
    await this.#askAbout('newsletter-remove-admin', newsletter, person)
  }

  async transfer(newsletter: string, person: Recipient, quits: boolean): Promise<void> {
    await this.#askAbout('newsletter-transfer', newsletter, person)
    if (!quits) return
    const own = personOfJid(this.#options.sock.authState.creds.me?.lid)?.lid
    if (own === undefined) throw withoutLid('This number')
    await this.#ask('newsletter-remove-admin', { ...naming(newsletter), user_id: lidJid(own) })
  }

  /** WhatsApp knows the admins of channels by LID alone. */
  async #askAbout(
    operation: MexOperation,
    newsletter: string,
    person: Recipient,
  ): Promise<unknown> {
    this.#assertOpen()
    const address = await this.#options.resolver.resolve(person).catch((cause: unknown) => {
      throw new WhatsappSilentError(
        'WhatsApp did not say whether the number is on WhatsApp. Try again.',
        { cause },
      )
    })
    if (address === undefined) throw new WhatsappRefusedError('This number is not on WhatsApp.')
    const lid = address.chat.kind === 'person' ? address.chat.lid : undefined
    if (lid === undefined) throw withoutLid('The number')
    return this.#ask(operation, { ...naming(newsletter), user_id: lidJid(lid) })
  }

  async #ask(operation: MexOperation, variables: Json): Promise<unknown> {
    this.#assertOpen()
    const { sock, documents } = this.#options
    try {
      return await askMex(sock, documents, operation, variables)
    } catch (cause) {
      const code = cause instanceof WhatsappRefusedError ? cause.refusal : undefined
      throw code === undefined ? cause : newsletterRefusal(code, { cause })
    }
  }

  async #all(told: unknown): Promise<readonly NewsletterInfo[]> {
    const list: readonly unknown[] = Array.isArray(told) ? told : []
    const host = await this.#options.mediaHosts.first().catch(() => usualMediaHost)
    return list.flatMap((each) => newsletterOf(each, host) ?? [])
  }

  #assertOpen(): void {
    if (!this.#options.isOpen())
      throw new NotConnectedError('the connection to WhatsApp is not open')
  }
}

function naming(newsletter: string): { readonly newsletter_id: string } {
  return { newsletter_id: newsletterJid(newsletter) }
}

function withoutLid(who: string): WhatsappRefusedError {
  return new WhatsappRefusedError(
    `${who} has no LID at WhatsApp yet, by which alone admins of channels are named.`,
  )
}
