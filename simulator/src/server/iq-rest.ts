/** Small questions of WhatsApp's own clients: terms, bots, what only a phone may do, and who is in the groups of a community. */

import type { BinaryNode } from 'baileys'
import { childrenOf, stanza } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'
import { namesOf } from './group-notifications.js'
import { ownGroup } from './iq-groups.js'

/** Meta AI, as WhatsApp names it to all (whatsmeow `types/botmap.go`). */
const META_AI = '867051314767696@bot'

/** Everything is accepted already. */
export function listTerms({ request }: IqCall): BinaryNode[] {
  const notices = childrenOf(request, 'notice').map(({ attrs }) =>
    stanza('notice', { id: attrs['id'], stage: '5' }),
  )
  return [stanza('tos', {}, notices)]
}

export function listBots(): BinaryNode[] {
  const bot = stanza('bot', { jid: META_AI, persona_id: '867051314767696' })
  const section = stanza('section', { name: 'All', type: 'all' }, [bot])
  return [stanza('bot', { v: '2' }, [section])]
}

/** Email and two-step verification: the server refuses companions (zapo `WaEmailCoordinator`). */
export function refuseCompanions({ device }: IqCall): BinaryNode[] {
  if (device.number !== 0) throw new IqError(403, 'forbidden')
  return []
}

export function listLinkedParticipants(call: IqCall): BinaryNode[] {
  const community = ownGroup(call)
  if (!community.isCommunity) throw new IqError(400, 'bad-request')
  const groups = [community, ...call.network.groupsIn(community)]
  const people = new Set(groups.flatMap(({ accounts }) => accounts))
  const participants = [...people].map((account) => stanza('participant', namesOf(account)))
  return [stanza('linked_groups_participants', {}, participants)]
}
