/** Who may call: tokens, addresses, and what is written down of it. */

import type { Config } from '../config.js'
import { AccessTokens } from '../instances/access-tokens.js'
import { AllowedCallers } from '../instances/allowed-callers.js'
import { AuditLog } from '../instances/audit-log.js'
import { InstanceAccess } from '../instances/instance-access.js'
import { RefusedCalls } from '../instances/refused-calls.js'
import type { Base } from './base.js'

export interface Identity {
  readonly tokens: AccessTokens
  readonly callers: AllowedCallers
  readonly audit: AuditLog
  readonly access: InstanceAccess
  readonly refused: RefusedCalls
}

/** `announce` gets the tokens that are made now: they are shown once. */
export async function openIdentity(
  base: Base,
  config: Config,
  announce: (text: string) => void,
): Promise<Identity> {
  const tokens = new AccessTokens({
    ...base,
    client: config.clientToken?.reveal(),
    partner: config.partnerToken?.reveal(),
  })
  const made = await tokens.open()
  if (made.client !== undefined || made.partner !== undefined) announce(tokenNotice(made))
  const callers = new AllowedCallers({ ...base, configured: config.allowedCallers })
  await callers.open()
  const audit = new AuditLog(base)
  const access = new InstanceAccess(base)
  return { tokens, callers, audit, access, refused: new RefusedCalls(base) }
}

function tokenNotice({ client, partner }: { client?: string; partner?: string }): string {
  const lines = [
    client === undefined ? '' : `  export RECADO_CLIENT_TOKEN=${client}`,
    partner === undefined ? '' : `  export RECADO_PARTNER_TOKEN=${partner}`,
  ]
  return `
These tokens were made now and are shown only this once:

${lines.filter((line) => line !== '').join('\n')}

Callers send the first as the header Client-Token; the second makes instances.
`
}
