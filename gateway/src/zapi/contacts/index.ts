/** Questions about other numbers. */

import { contactMetadata } from './contact-metadata.js'
import { getContacts } from './get-contacts.js'
import { phoneExists } from './phone-exists.js'
import { phoneExistsBatch } from './phone-exists-batch.js'
import { contactPicture } from './profile-picture.js'

export const contactEndpoints = [
  getContacts,
  contactMetadata,
  phoneExists,
  phoneExistsBatch,
  contactPicture,
]
