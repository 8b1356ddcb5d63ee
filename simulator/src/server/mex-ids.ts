/** Which stored GraphQL document has which id: those of WhatsApp Web in August 2026, and older ones that still answer. */

const IDS = {
  list: ['25399611239711790', '6388546374527196'],
  find: ['27456920720571478', '6563316087068696'],
  search: ['26301059626252132', '6802402206520139'],
  directory: ['26125047313831973', '6190824427689257'],
  create: ['25149874324715067', '8823471724422422'],
  update: ['24250201037901610', '24250201037901610'],
  delete: ['30062808666639665', '30062808666639665'],
  join: ['24404358912487870', '7871414976211147'],
  leave: ['9767147403369991', '7238632346214362'],
  setting: ['31938993655691868', '31938993655691868'],
  inviteAdmin: ['9387141988078609', '9387141988078609'],
  acceptInvite: ['9580828702035549', '9580828702035549'],
  revokeInvite: ['9656078347839416', '9656078347839416'],
  removeAdmin: ['9880997548630971', '6551828931592903'],
  transfer: ['9546742745432473', '7341777602580933'],
} as const

export type NewsletterOperation = keyof typeof IDS

export function newsletterOperation(id: string | undefined): NewsletterOperation | undefined {
  for (const name of Object.keys(IDS)) {
    if (isOperation(name) && IDS[name].some((each) => each === id)) return name
  }
  return undefined
}

/** As WhatsApp Web of today asks for it. */
export function documentOf(operation: NewsletterOperation): string {
  return IDS[operation][0]
}

function isOperation(name: string): name is NewsletterOperation {
  return Object.hasOwn(IDS, name)
}
