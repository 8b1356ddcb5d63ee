/** What a number shows of itself, and to whom. */

import { description } from './description.js'
import { disallowedContacts } from './disallowed-contacts.js'
import { groupAdd } from './group-add.js'
import { lastSeen } from './last-seen.js'
import { listPrivacy } from './list-privacy.js'
import { messagesDuration } from './messages-duration.js'
import { online } from './online.js'
import { photo } from './photo.js'
import { readReceipts } from './read-receipts.js'

export const privacyEndpoints = [
  disallowedContacts,
  listPrivacy,
  groupAdd,
  lastSeen,
  messagesDuration,
  photo,
  description,
  online,
  readReceipts,
]
