/** Questions about other numbers, the address book, blocked and reported people. */

import { addContacts } from './add-contacts.js'
import { contactMetadata } from './contact-metadata.js'
import { getContacts } from './get-contacts.js'
import { modifyBlocked } from './modify-blocked.js'
import { phoneExists } from './phone-exists.js'
import { phoneExistsBatch } from './phone-exists-batch.js'
import { contactPicture } from './profile-picture.js'
import { removeContacts } from './remove-contacts.js'
import { reportContact } from './report-contact.js'

export const contactEndpoints = [
  getContacts,
  contactMetadata,
  phoneExists,
  phoneExistsBatch,
  contactPicture,
  addContacts,
  removeContacts,
  modifyBlocked,
  reportContact,
]
