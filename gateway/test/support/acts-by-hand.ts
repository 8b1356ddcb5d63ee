/** What people do by hand beside messages, by the notification that tells of it. In this order: each finds what the ones before it left. */

import type { Phone, Simulator } from '@recado/simulator'
import { chatModificationToAppPatch } from 'baileys'
import sharp from 'sharp'
import { expect } from 'vitest'
import type { GroupAct, GroupSwitch } from '../../../simulator/src/person-acts.js'

export interface HandStage {
  readonly simulator: Simulator
  /** Of the instance's number, which is a business. */
  readonly own: Phone
  readonly ana: Phone
  readonly bia: Phone
  /** A group of the instance's number, with Ana in it. */
  readonly group: string
  /** A group of Ana, with the instance's number in it. */
  readonly anas: string
  /** A channel of Ana that the instance's number administrates. */
  readonly channel: string
}

export interface ByHand {
  readonly act: (stage: HandStage) => unknown
  /** What the body says beside its notification. */
  readonly says?: (stage: HandStage) => Readonly<Record<string, unknown>>
}

type ActOf = (stage: HandStage) => GroupAct

const inAnas =
  (act: ActOf) =>
  (stage: HandStage): void =>
    stage.ana.groups.act(stage.anas, act(stage))

const switched = (setting: GroupSwitch, on: boolean) =>
  inAnas(() => ({ act: 'switch', setting, on }))

const codeOf = ({ simulator }: HandStage, group: string): string =>
  simulator.network.group(group)?.inviteCode ?? ''

const ofBia = ({ bia }: HandStage) => ({ notificationParameters: [bia.phone] })

const rung =
  (video: boolean, then: (stage: HandStage, callId: string) => void) =>
  async (stage: HandStage): Promise<void> => {
    const rings = new Promise((resolve) => {
      stage.own.events.once('ringing', resolve)
    })
    const callId = stage.ana.calling.ring(stage.own.phone, { video })
    await rings
    then(stage, callId)
  }

const hungUp = ({ ana }: HandStage, callId: string) => ana.calling.hangUp(callId)
const timedOut = ({ ana }: HandStage, callId: string) => ana.calling.hangUp(callId, 'timeout')

export function makeAdmin({ ana, channel }: Pick<HandStage, 'ana' | 'channel'>, person: Phone) {
  ana.channels.act(channel, { act: 'invite-admin', person: person.phone })
  person.channels.act(channel, { act: 'accept-invitation' })
}

const jpeg = () =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: 'blue' } })
    .jpeg()
    .toBuffer()

const calls: Readonly<Record<string, ByHand>> = {
  CALL_VOICE: { act: rung(false, hungUp) },
  CALL_VIDEO: { act: rung(true, hungUp), says: () => ({ isVideo: true }) },
  CALL_MISSED_VOICE: { act: rung(false, timedOut) },
  CALL_MISSED_VIDEO: { act: rung(true, timedOut) },
  CALL_ACCEPTED: { act: rung(false, ({ own }, callId) => own.calling.accept(callId)) },
}

const members: Readonly<Record<string, ByHand>> = {
  GROUP_CREATE: { act: ({ ana, own, bia }) => ana.groups.create('Novo', [own.phone, bia.phone]) },
  GROUP_PARTICIPANT_ADD: {
    act: inAnas(({ bia }) => ({ act: 'add', people: [bia.phone] })),
    says: (stage) => ({ ...ofBia(stage), participantPhone: stage.ana.phone }),
  },
  GROUP_PARTICIPANT_PROMOTE: {
    act: inAnas(({ bia }) => ({ act: 'promote', people: [bia.phone] })),
    says: ofBia,
  },
  GROUP_PARTICIPANT_DEMOTE: {
    act: inAnas(({ bia }) => ({ act: 'demote', people: [bia.phone] })),
    says: ofBia,
  },
  GROUP_PARTICIPANT_LEAVE: { act: ({ bia, anas }) => bia.groups.act(anas, { act: 'leave' }) },
  GROUP_PARTICIPANT_INVITE: {
    act: (stage) => stage.bia.groups.join(codeOf(stage, stage.anas)),
    says: ofBia,
  },
  GROUP_PARTICIPANT_REMOVE: {
    act: inAnas(({ bia }) => ({ act: 'remove', people: [bia.phone] })),
    says: ofBia,
  },
  MEMBERSHIP_APPROVAL_REQUEST: {
    act: (stage) => {
      const approval = { act: 'switch', setting: 'approval', on: true } as const
      stage.own.groups.act(stage.group, approval)
      expect(stage.bia.groups.join(codeOf(stage, stage.group))).toBe('asked')
    },
    says: (stage) => ({ ...ofBia(stage), requestMethod: 'invite_link' }),
  },
  REVOKED_MEMBERSHIP_REQUESTS: {
    act: ({ bia, group }) => bia.groups.act(group, { act: 'revoke-request' }),
    says: ofBia,
  },
}

const settings: Readonly<Record<string, ByHand>> = {
  GROUP_CHANGE_SUBJECT: {
    act: inAnas(() => ({ act: 'rename', subject: 'Da Ana e da Bia' })),
    says: () => ({
      notificationParameters: ['Da Ana e da Bia'],
      chatName: 'Da Ana e da Bia',
    }),
  },
  GROUP_CHANGE_DESCRIPTION: {
    act: inAnas(() => ({ act: 'describe', text: 'Só avisos' })),
    says: () => ({ notificationParameters: ['Só avisos'] }),
  },
  GROUP_CHANGE_ICON: {
    act: async ({ ana, anas }) => ana.groups.act(anas, { act: 'picture', jpeg: await jpeg() }),
  },
  GROUP_CHANGE_ANNOUNCE: { act: switched('announcement', true) },
  GROUP_CHANGE_RESTRICT: { act: switched('locked', true) },
  GROUP_CHANGE_INVITE_LINK: {
    act: inAnas(() => ({ act: 'renew-link' })),
    says: (stage) => ({ code: codeOf(stage, stage.anas) }),
  },
  GROUP_MEMBER_ADD_MODE: { act: switched('members-add', false) },
  GROUP_MEMBERSHIP_JOIN_APPROVAL_MODE: { act: switched('approval', true) },
  GROUP_MEMBER_LINK_PROPERTY_UPDATE: {
    act: inAnas(() => ({ act: 'link-mode', mode: 'ADMIN_LINK' })),
    says: () => ({ linkMode: 'ADMIN_LINK' }),
  },
  CHANGE_EPHEMERAL_SETTING: {
    act: inAnas(() => ({ act: 'timer', seconds: 86_400 })),
    says: () => ({ messageExpirationSeconds: 86_400 }),
  },
}

const others: Readonly<Record<string, ByHand>> = {
  NEWSLETTER_ADMIN_PROMOTE: {
    act: (stage) => makeAdmin(stage, stage.bia),
    says: ({ ana, bia }) => ({
      notificationParameters: [bia.phone, 'ADMIN'],
      participantPhone: ana.phone,
    }),
  },
  NEWSLETTER_ADMIN_DEMOTE: {
    act: ({ ana, bia, channel }) =>
      ana.channels.act(channel, { act: 'remove-admin', person: bia.phone }),
    says: ({ ana, bia }) => ({
      notificationParameters: [bia.phone, 'SUBSCRIBER'],
      participantPhone: ana.phone,
    }),
  },
  PROFILE_NAME_UPDATED: {
    act: ({ own }) =>
      own.appState.write(chatModificationToAppPatch({ pushNameSetting: 'Loja' }, '')),
    says: () => ({ profileName: 'Loja' }),
  },
  PROFILE_PICTURE_UPDATED: {
    act: async ({ own }) => {
      const attrs = { to: '@s.whatsapp.net', type: 'set', xmlns: 'w:profile:picture' }
      const picture = { tag: 'picture', attrs: { type: 'image' }, content: await jpeg() }
      own.transmit({ tag: 'iq', attrs: { id: 'picture', ...attrs }, content: [picture] })
    },
    says: () => ({ updatedPhoto: expect.stringMatching(/^https:/u) }),
  },
  CHAT_LABEL_ASSOCIATION: {
    act: ({ own, ana }) => {
      const label = { addChatLabel: { labelId: '7' } }
      return own.appState.write(chatModificationToAppPatch(label, `${ana.lid}@lid`))
    },
    says: ({ ana }) => ({
      notificationParameters: [{ phone: ana.phone, label: '7', assigned: true }],
    }),
  },
}

export const actsByHand: Readonly<Record<string, ByHand>> = {
  ...calls,
  ...members,
  ...settings,
  ...others,
}
