/** Every call that is one file, by group. */

import { broadcastEndpoints } from './broadcast/index.js'
import { businessEndpoints } from './business/index.js'
import { callsEndpoints } from './calls/index.js'
import { communityEndpoints } from './communities/index.js'
import { chatEndpoints } from './chats/index.js'
import { contactEndpoints } from './contacts/index.js'
import type { Endpoint } from './endpoint.js'
import { groupEndpoints } from './groups/index.js'
import { instanceEndpoints } from './instances/index.js'
import { messageEndpoints } from './messages/index.js'
import { mobileEndpoints } from './mobile/index.js'
import { newsletterEndpoints } from './newsletters/index.js'
import { otpEndpoints } from './otp/index.js'
import { partnerEndpoints } from './partner/index.js'
import { pairingEndpoints } from './pairing/index.js'
import { privacyEndpoints } from './privacy/index.js'
import { queueEndpoints } from './queue/index.js'
import { statusEndpoints } from './status/index.js'
import { webhookEndpoints } from './webhooks/index.js'

export const endpoints: readonly Endpoint[] = [
  ...messageEndpoints,
  ...otpEndpoints,
  ...chatEndpoints,
  ...contactEndpoints,
  ...privacyEndpoints,
  ...groupEndpoints,
  ...businessEndpoints,
  ...communityEndpoints,
  ...broadcastEndpoints,
  ...newsletterEndpoints,
  ...statusEndpoints,
  ...instanceEndpoints,
  ...pairingEndpoints,
  ...webhookEndpoints,
  ...queueEndpoints,
  ...partnerEndpoints,
  ...callsEndpoints,
  ...mobileEndpoints,
]
