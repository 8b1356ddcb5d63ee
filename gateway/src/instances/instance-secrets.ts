/** How the secrets of an instance are kept: its token sealed, its signing secret not at all. */

import type { Vault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'

export const tokenContext = (id: InstanceId): string => `instance/${id}/token`

export const proxyContext = (id: InstanceId): string => `instance/${id}/proxy`

/** In the form of Standard Webhooks. Every generation gives another one, and always the same. */
export function signingSecret(vault: Vault, id: InstanceId, generation: number): string {
  // Those of the first generation are in the hands of receivers since before there were others.
  const suffix = generation === 0 ? '' : `, generation ${generation}`
  const secret = vault.deriveSecret(`callback signatures of ${id}${suffix}`)
  return `whsec_${Buffer.from(secret).toString('base64')}`
}
