/** All of `AccountApi` over one open socket. */

import type { WASocket } from 'baileys'
import type { AccountApi } from '../../domain/account.js'
import type { DirectoryFact } from '../../domain/directory.js'
import type { Clock } from '../../runtime/clock.js'
import type { Directory, RecipientResolver } from '../send/resolve.js'
import type { AppState } from './app-state.js'
import { BaileysChatApi } from './chat-api.js'
import { BaileysContactApi } from './contact-api.js'
import { BaileysLabelApi } from './label-api.js'
import { BaileysPrivacyApi } from './privacy-api.js'

export function accountOver(options: {
  readonly sock: WASocket
  readonly resolver: RecipientResolver
  readonly directory: Directory
  readonly clock: Clock
  readonly appState: AppState
  isOpen(): boolean
  readonly settled: () => Promise<void>
  readonly keep: (facts: readonly DirectoryFact[]) => Promise<void>
}): AccountApi {
  return {
    chats: new BaileysChatApi(options),
    contacts: new BaileysContactApi(options),
    labels: new BaileysLabelApi(options),
    privacy: new BaileysPrivacyApi(options),
  }
}
