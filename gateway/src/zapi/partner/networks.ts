import { Type } from 'typebox'
import { mostNetworks } from '../../runtime/caller-rule.js'

export const networks = {
  networks: Type.Array(Type.String({ maxLength: 64 }), {
    maxItems: mostNetworks,
    description: 'CIDRs and single addresses. Empty: every caller is allowed.',
  }),
}

export const networksExample = { networks: ['203.0.113.0/24'] }
