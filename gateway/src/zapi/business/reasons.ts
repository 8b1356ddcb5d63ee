/** Why the catalogue cannot be changed, and what to do instead. */

export const noCatalogChange =
  'WhatsApp does not answer linked devices that change the catalogue. Change it in the WhatsApp Business app on the phone.'
