/** What this number shows of itself, and questions about others, over one open socket. */

import {
  chatModificationToAppPatch,
  jidDecode,
  jidNormalizedUser,
  S_WHATSAPP_NET,
  type WASocket,
} from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import { NotConnectedError, WhatsappSilentError } from '../../domain/errors.js'
import type { LookedUpPhone, OwnProfile, ProfileApi } from '../../domain/profile.js'
import type { InstanceId } from '../../domain/instance.js'
import { answerTo, ask, refusalCodeOf } from '../connection/ask.js'
import type { Clock } from '../../runtime/clock.js'
import { PhoneAnswers } from './phone-answers.js'
import type { AppState } from './app-state.js'
import { openedOf } from '../receive/from-baileys.js'
import { lookUp } from '../send/look-up.js'
import type { PeoplePort, RecipientResolver, RegistrationPort } from '../send/resolve.js'

export interface ProfileApiOptions {
  readonly instanceId: InstanceId
  readonly sock: WASocket
  readonly registrations: Pick<RegistrationPort, 'remember'>
  readonly people: PeoplePort
  readonly clock: Clock
  readonly resolver: Pick<RecipientResolver, 'resolve'>
  readonly appState: Pick<AppState, 'write'>
  isOpen(): boolean
}

const pictureAnswerMs = 10_000
/** Answers about so few numbers are kept for the sends to them; a long list would fill the store with strangers. */
const mostRemembered = 100

export class BaileysProfileApi implements ProfileApi {
  readonly #options: ProfileApiOptions
  readonly #phones: PhoneAnswers

  constructor(options: ProfileApiOptions) {
    this.#options = options
    this.#phones = new PhoneAnswers({
      clock: options.clock,
      ask: (phones, signal) => lookUp(this.#open(), phones, signal),
    })
  }

  async own(): Promise<OwnProfile> {
    const sock = this.#open()
    const { creds } = sock.authState
    const opened = openedOf(creds)
    const jid = creds.me?.id
    if (opened === undefined || jid === undefined) throw notOpen()
    const [about, pictureUrl] = await Promise.all([aboutOf(sock, jid), pictureOf(sock, jid)])
    return {
      phone: opened.phone,
      name: opened.name,
      about,
      pictureUrl,
      phoneApp: creds.platform,
      business: opened.business,
      device: jidDecode(jid)?.device ?? 0,
    }
  }

  /** The name is a setting that the phone shares with its devices, so it is written where all of those are. */
  async setName(name: string): Promise<void> {
    await this.#options.appState.write([chatModificationToAppPatch({ pushNameSetting: name }, '')])
  }

  async setPicture(picture: Uint8Array): Promise<void> {
    const iq = { to: S_WHATSAPP_NET, type: 'set', xmlns: 'w:profile:picture' }
    const content = [{ tag: 'picture', attrs: { type: 'image' }, content: picture }]
    await ask(this.#open(), { tag: 'iq', attrs: iq, content })
  }

  async pictureOf(recipient: Recipient): Promise<string | undefined> {
    const sock = this.#open()
    const jid = await this.#addressOf(recipient)
    return jid && pictureOf(sock, jid)
  }

  async aboutOf(recipient: Recipient): Promise<string | undefined> {
    const sock = this.#open()
    const jid = await this.#addressOf(recipient)
    return jid && aboutOf(sock, jid)
  }

  async setAbout(about: string): Promise<void> {
    const iq = { to: S_WHATSAPP_NET, type: 'set', xmlns: 'status' }
    const content = [{ tag: 'status', attrs: {}, content: Buffer.from(about) }]
    await ask(this.#open(), { tag: 'iq', attrs: iq, content })
  }

  async lookUp(phones: readonly string[], signal: AbortSignal): Promise<readonly LookedUpPhone[]> {
    const { instanceId, registrations, people } = this.#options
    this.#open()
    const found = await this.#phones.of(phones, signal)
    if (found.length <= mostRemembered)
      for (const { asked, phone, isUnanswered } of found)
        if (isUnanswered !== true) await registrations.remember(instanceId, asked, phone)
    await people.learn(instanceId, found)
    return found
  }

  async #addressOf(recipient: Recipient): Promise<string | undefined> {
    const address = await this.#options.resolver.resolve(recipient).catch((cause: unknown) => {
      throw new WhatsappSilentError(
        'WhatsApp did not say whether the number is registered. Try again.',
        { cause },
      )
    })
    return address?.jid
  }

  #open(): WASocket {
    if (this.#options.isOpen()) return this.#options.sock
    throw notOpen()
  }
}

function notOpen(): NotConnectedError {
  return new NotConnectedError('the connection to WhatsApp is not open')
}

async function aboutOf(sock: WASocket, jid: string): Promise<string | undefined> {
  const [own] = await answerTo(sock.fetchStatus(jidNormalizedUser(jid)))
  const told: unknown = own?.['status']
  if (typeof told !== 'object' || told === null || !('status' in told)) return undefined
  return typeof told.status === 'string' ? told.status : undefined
}

/** `undefined` without a picture: WhatsApp answers 404 then, and 401 where it may not be seen. */
async function pictureOf(sock: WASocket, jid: string): Promise<string | undefined> {
  try {
    return await sock.profilePictureUrl(jid, 'image', pictureAnswerMs)
  } catch (cause) {
    if (refusalCodeOf(cause) !== undefined) return undefined
    throw new WhatsappSilentError('WhatsApp did not answer in time. Try again.', { cause })
  }
}
