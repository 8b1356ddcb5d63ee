/** What may be asked and changed of the account over an open connection, apart from profile and groups. */

import type { ChatApi } from './chat-changes.js'
import type { ContactApi } from './contact-changes.js'
import type { LabelApi } from './label.js'
import type { PrivacyApi } from './privacy.js'

export interface AccountApi {
  readonly chats: ChatApi
  readonly contacts: ContactApi
  readonly labels: LabelApi
  readonly privacy: PrivacyApi
}
