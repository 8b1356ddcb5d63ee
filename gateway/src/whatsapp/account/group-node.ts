/**
 * Reads a `<group>` of WhatsApp's answers.
 *
 * Baileys has such a reader; it throws for a part that is missing, and leaves out the numbers.
 */

import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  getBinaryNodeChildString,
} from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import type { GroupInfo, GroupMember } from '../../domain/group.js'
import type { EpochMs } from '../../domain/time.js'
import { chatOfJid, personOfJid, withOtherAddress } from '../jid.js'

/** `undefined` for what is no group. */
export function groupOf(node: BinaryNode | undefined): GroupInfo | undefined {
  const { attrs = {} } = node ?? {}
  const group = groupIdOf(attrs['id'])
  if (node === undefined || group === undefined) return undefined
  const members = getBinaryNodeChildren(node, 'participant').flatMap(memberOf)
  return {
    group,
    subject: attrs['subject'] ?? '',
    subjectBy: personIn(attrs['s_o'], attrs['s_o_pn']),
    subjectAt: momentIn(attrs['s_t']),
    description: getBinaryNodeChildString(getBinaryNodeChild(node, 'description'), 'body'),
    createdBy: personIn(attrs['creator'], attrs['creator_pn']),
    createdAt: momentIn(attrs['creation']),
    community: groupIdOf(getBinaryNodeChild(node, 'linked_parent')?.attrs['jid']),
    isCommunity: has(node, 'parent'),
    isAnnouncement: has(node, 'default_sub_group'),
    adminsWrite: has(node, 'announcement'),
    adminsEdit: has(node, 'locked'),
    adminsApprove: has(node, 'membership_approval_mode'),
    adminsAdd: getBinaryNodeChildString(node, 'member_add_mode') !== 'all_member_add',
    timerSeconds: Number(getBinaryNodeChild(node, 'ephemeral')?.attrs['expiration'] ?? 0),
    size: Number(attrs['size'] ?? members.length),
    members,
  }
}

/** `120363…` or `120363…@g.us`. */
function groupIdOf(id: string | undefined): string | undefined {
  if (id === undefined || !id.includes('@')) return id
  const chat = chatOfJid(id)
  return chat?.kind === 'group' ? chat.group : undefined
}

/** Those that could not be added stand there too, with an error. */
function memberOf({ attrs }: BinaryNode): readonly GroupMember[] {
  const person = personIn(attrs['jid'], attrs['phone_number'] ?? attrs['lid'])
  if (person === undefined || attrs['error'] !== undefined) return []
  const { type } = attrs
  const isCreator = type === 'superadmin'
  return [{ person, isAdmin: isCreator || type === 'admin', isCreator }]
}

function personIn(jid: string | undefined, other: string | undefined): PersonId | undefined {
  const person = personOfJid(jid)
  return person === undefined ? personOfJid(other) : withOtherAddress(person, personOfJid(other))
}

function momentIn(seconds: string | undefined): EpochMs | undefined {
  const value = Number(seconds)
  return Number.isSafeInteger(value) && value > 0 ? value * 1_000 : undefined
}

function has(node: BinaryNode, tag: string): boolean {
  return getBinaryNodeChild(node, tag) !== undefined
}
