/** What a person does with groups by hand: each act is the question that WhatsApp's app asks of the server. */

import { randomUUID } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import { ActRefusedError } from '../model.js'
import type { Network } from '../network.js'
import type { GroupAct, GroupSwitch, NewGroupAnswer } from '../person-acts.js'
import { announceLinkMode } from '../server/group-link-mode.js'
import { revokeRequest } from '../server/group-requests.js'
import { childOf, childrenOf, SERVER_JID, stanza } from '../wire/stanza.js'
import type { PhoneLine } from './phone-line.js'

const GROUPS_JID = '@g.us'

export interface PhoneGroupsParts {
  readonly account: Account
  readonly network: Network
  readonly line: PhoneLine
}

export class PhoneGroups {
  readonly #parts: PhoneGroupsParts

  constructor(parts: PhoneGroupsParts) {
    this.#parts = parts
  }

  /** The people are numbers (digits). Throws `ActRefusedError`. */
  create(subject: string, people: readonly string[]): NewGroupAnswer {
    const request = stanza('create', { subject, key: randomUUID() }, this.#named(people))
    const group = childOf(this.#ask(GROUPS_JID, 'set', request), 'group')
    const refused = childrenOf(group, 'participant').filter(({ attrs }) => attrs['error'])
    return {
      id: `${group?.attrs['id'] ?? ''}${GROUPS_JID}`,
      notAdded: refused.map(({ attrs }) => this.#numberOf(attrs['jid'])),
    }
  }

  /** Throws `ActRefusedError`, also where one of the people cannot be added, removed … */
  act(groupId: string, act: GroupAct): void {
    const { account, network } = this.#parts
    switch (act.act) {
      case 'link-mode':
        return announceLinkMode(this.#administered(groupId), account, act.mode, network)
      case 'revoke-request':
        return revokeRequest(this.#group(groupId), account, network)
      case 'leave':
        this.#ask(GROUPS_JID, 'set', stanza('leave', {}, [stanza('group', { id: groupId })]))
        return undefined
      case 'picture':
        return this.#setPicture(groupId, act.jpeg)
      case 'add':
      case 'remove':
      case 'promote':
      case 'demote':
        return this.#change(groupId, stanza(act.act, {}, this.#named(act.people)))
      case 'approve':
      case 'reject': {
        const decision = stanza(act.act, {}, this.#named(act.people))
        return this.#change(groupId, stanza('membership_requests_action', {}, [decision]))
      }
      case 'rename':
        return this.#change(groupId, stanza('subject', {}, Buffer.from(act.subject)))
      case 'describe':
        return this.#change(groupId, descriptionOf(act.text, this.#group(groupId)))
      case 'switch':
        return this.#change(groupId, switches[act.setting](act.on))
      case 'timer':
        return this.#change(groupId, timerOf(act.seconds))
      case 'renew-link':
        return this.#change(groupId, stanza('invite'))
    }
  }

  /** By the last part of an invitation link. Throws `ActRefusedError`. */
  join(code: string): 'joined' | 'asked' {
    const answer = this.#ask(GROUPS_JID, 'set', stanza('invite', { code }))
    return childOf(answer, 'group') === undefined ? 'asked' : 'joined'
  }

  #ask(to: string, type: 'set' | 'get', request: BinaryNode): BinaryNode {
    return this.#query(stanza('iq', { id: randomUUID(), to, type, xmlns: 'w:g2' }, [request]))
  }

  #query(iq: BinaryNode): BinaryNode {
    const answer = this.#parts.line.query(iq)
    const { code, text } = childOf(answer, 'error')?.attrs ?? {}
    if (code !== undefined) throw new ActRefusedError(`WhatsApp refuses it: ${text} (${code})`)
    return answer
  }

  /** Throws where one of the people is refused. */
  #change(groupId: string, request: BinaryNode): void {
    const refused = participantsIn(this.#ask(groupId, 'set', request)).find(
      ({ attrs }) => attrs['error'] !== undefined,
    )
    if (refused === undefined) return
    const { jid, error } = refused.attrs
    throw new ActRefusedError(`${this.#numberOf(jid)}: WhatsApp refuses it (${error})`)
  }

  #setPicture(target: string, jpeg: Uint8Array): void {
    const picture = stanza('picture', { type: 'image' }, jpeg)
    const attrs = { to: SERVER_JID, type: 'set', xmlns: 'w:profile:picture', target }
    this.#query(stanza('iq', { id: randomUUID(), ...attrs }, [picture]))
  }

  #named(people: readonly string[]): BinaryNode[] {
    return people.map((number) => {
      const account = this.#parts.network.byDialledNumber(number)
      if (account === undefined) throw new ActRefusedError(`${number} is not on WhatsApp`)
      return stanza('participant', { jid: account.jid('lid'), phone_number: account.jid('pn') })
    })
  }

  #group(id: string): Group {
    const group = this.#parts.network.group(id)
    if (group === undefined) throw new ActRefusedError('no such group')
    return group
  }

  #administered(id: string): Group {
    const group = this.#group(id)
    if (!group.isAdmin(this.#parts.account)) throw new ActRefusedError('not an admin of the group')
    return group
  }

  #numberOf(jid: string | undefined): string {
    return this.#parts.network.accountOf(jid)?.phone ?? ''
  }
}

/** At any depth: requests to join are answered one level deeper. */
function participantsIn(node: BinaryNode): readonly BinaryNode[] {
  return childrenOf(node).flatMap((child) =>
    child.tag === 'participant' ? [child] : participantsIn(child),
  )
}

function timerOf(seconds: number): BinaryNode {
  return seconds === 0
    ? stanza('not_ephemeral')
    : stanza('ephemeral', { expiration: seconds.toString() })
}

function descriptionOf(text: string, group: Group): BinaryNode {
  const prev = group.description?.id
  if (text === '') return stanza('description', { delete: 'true', prev })
  const body = stanza('body', {}, Buffer.from(text))
  return stanza('description', { id: randomUUID().replaceAll('-', '').toUpperCase(), prev }, [body])
}

const switches: Readonly<Record<GroupSwitch, (on: boolean) => BinaryNode>> = {
  announcement: (on) => stanza(on ? 'announcement' : 'not_announcement'),
  locked: (on) => stanza(on ? 'locked' : 'unlocked'),
  approval: (on) =>
    stanza('membership_approval_mode', {}, [stanza('group_join', { state: on ? 'on' : 'off' })]),
  'members-add': (on) =>
    stanza('member_add_mode', {}, Buffer.from(on ? 'all_member_add' : 'admin_add')),
}
