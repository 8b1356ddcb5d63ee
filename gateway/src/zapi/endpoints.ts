/** Every call that is one file, by group. */

import type { Endpoint } from './endpoint.js'
import { instanceEndpoints } from './instances/index.js'
import { queueEndpoints } from './queue/index.js'
import { webhookEndpoints } from './webhooks/index.js'

export const endpoints: readonly Endpoint[] = [
  ...instanceEndpoints,
  ...webhookEndpoints,
  ...queueEndpoints,
]
