/**
 * WhatsApp's stored GraphQL operations ("mex") that Recado calls: the id of the document, and under which
 * name the answer stands. The ids are those of WhatsApp Web 2.3000.1045368834 (August 2026), as the program
 * whatsapp-rust took them from it (`wacore/src/iq/mex_operations.rs`, commit 34cf77e). They change with
 * WhatsApp's releases: `RECADO_MEX_IDS` overrides each of them.
 */

import { ConfigError } from '../../domain/errors.js'

const operations = {
  'newsletter-list': ['25399611239711790', 'xwa2_newsletter_subscribed'],
  'newsletter-find': ['27456920720571478', 'xwa2_newsletter'],
  'newsletter-search': ['26301059626252132', 'xwa2_newsletters_directory_search'],
  'newsletter-directory': ['26125047313831973', 'xwa2_newsletters_directory_list'],
  'newsletter-create': ['25149874324715067', 'xwa2_newsletter_create'],
  'newsletter-update': ['24250201037901610', 'xwa2_newsletter_update'],
  'newsletter-delete': ['30062808666639665', 'xwa2_newsletter_delete_v2'],
  'newsletter-join': ['24404358912487870', 'xwa2_newsletter_join_v2'],
  'newsletter-leave': ['9767147403369991', 'xwa2_newsletter_leave_v2'],
  'newsletter-setting': ['31938993655691868', 'xwa2_newsletter_update_user_setting'],
  'newsletter-invite-admin': ['9387141988078609', 'xwa2_newsletter_admin_invite_create'],
  'newsletter-accept-invite': ['9580828702035549', 'xwa2_newsletter_admin_invite_accept'],
  'newsletter-revoke-invite': ['9656078347839416', 'xwa2_newsletter_admin_invite_revoke'],
  'newsletter-remove-admin': ['9880997548630971', 'xwa2_newsletter_admin_demote'],
  'newsletter-transfer': ['9546742745432473', 'xwa2_newsletter_change_owner'],
} as const

export type MexOperation = keyof typeof operations

export interface MexDocument {
  readonly id: string
  /** The key of the answer. */
  readonly answer: string
}

export type MexDocuments = (name: MexOperation) => MexDocument

/** `overrides` are ids by the name of the operation. Throws `ConfigError` for an unknown name. */
export function mexDocuments(overrides: ReadonlyMap<string, string> = new Map()): MexDocuments {
  const names = Object.keys(operations)
  const unknown = [...overrides.keys()].filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new ConfigError(
      `RECADO_MEX_IDS names unknown operations: ${unknown.join(', ')}. There are ${names.join(', ')}.`,
    )
  const document = (name: MexOperation): MexDocument => {
    const [id, answer] = operations[name]
    return { id: overrides.get(name) ?? id, answer }
  }
  return document
}
