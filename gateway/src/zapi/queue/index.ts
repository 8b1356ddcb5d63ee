/** Z-API's queue: the waiting messages of an instance. */

import { countQueue } from './count-queue.js'
import { deleteQueue } from './delete-queue.js'
import { deleteQueuedMessage } from './delete-queued-message.js'
import { listQueue } from './list-queue.js'
import { listQueueBeginning } from './list-queue-beginning.js'
import { queueForecast } from './queue-forecast.js'
import { updateQueueSettings } from './update-queue-settings.js'

export const queueEndpoints = [
  listQueueBeginning,
  listQueue,
  countQueue,
  queueForecast,
  deleteQueue,
  deleteQueuedMessage,
  updateQueueSettings,
]
