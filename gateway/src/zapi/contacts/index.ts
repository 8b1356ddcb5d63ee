/** Questions about other numbers. */

import { phoneExists } from './phone-exists.js'
import { phoneExistsBatch } from './phone-exists-batch.js'
import { contactPicture } from './profile-picture.js'

export const contactEndpoints = [phoneExists, phoneExistsBatch, contactPicture]
