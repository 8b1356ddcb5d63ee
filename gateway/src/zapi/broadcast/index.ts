/** Lists of people to write to at once. */

import { createBroadcast } from './create-broadcast.js'
import { deleteBroadcast } from './delete-broadcast.js'
import { listBroadcast } from './list-broadcast.js'
import { updateBroadcast } from './update-broadcast.js'

export const broadcastEndpoints = [listBroadcast, createBroadcast, updateBroadcast, deleteBroadcast]
