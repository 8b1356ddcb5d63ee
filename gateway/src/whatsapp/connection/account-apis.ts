/** What an account can be asked and told over its socket, one API a family. */

import type { WASocket } from 'baileys'
import type { DirectoryFact } from '../../domain/directory.js'
import { AppState } from '../account/app-state.js'
import { accountOver } from '../account/account-api.js'
import { BaileysBusinessApi } from '../account/business-api.js'
import { BaileysCatalogApi } from '../account/catalog-api.js'
import { BaileysCommunityApi } from '../account/community-api.js'
import { BaileysGroupApi } from '../account/group-api.js'
import { GroupQuestions } from '../account/group-questions.js'
import { BaileysNewsletterApi } from '../account/newsletter-api.js'
import { BaileysProfileApi } from '../account/profile-api.js'
import { MediaHosts } from '../media/media-hosts.js'
import type { Directory, RecipientResolver } from '../send/resolve.js'
import type { ConnectionOptions } from './connection-options.js'

interface Open {
  readonly sock: WASocket
  readonly resolver: RecipientResolver
  isOpen(): boolean
  /** Resolves once the directory has what the socket told it until now. */
  readonly settled: () => Promise<void>
  /** Stores what this number did itself. */
  readonly keep: (facts: readonly DirectoryFact[]) => Promise<void>
}

/** `open`: the socket, and whether it can be asked. `closed` aborts when nothing more may be written. */
export function accountApis(
  options: ConnectionOptions,
  open: Open,
  directory: Directory,
  closed: AbortSignal,
) {
  const { clock, agent, mexDocuments: documents } = options
  const appState = new AppState({ ...open, clock })
  const questions = new GroupQuestions(open)
  const groups = new BaileysGroupApi({ questions, clock })
  const mediaHosts = new MediaHosts({ sock: open.sock, agent, clock, closed })
  return {
    profiles: new BaileysProfileApi({ ...options, ...open, appState }),
    business: new BaileysBusinessApi(open),
    catalogs: new BaileysCatalogApi({ ...open, clock }),
    groups,
    communities: new BaileysCommunityApi({ questions, groups }),
    account: accountOver({ ...open, clock, appState, directory }),
    mediaHosts,
    newsletters: new BaileysNewsletterApi({ ...open, mediaHosts, documents }),
  }
}
