/** Messages that share something other than a file: places, contacts, polls, events, invitations. */

import { type proto, toNumber } from 'baileys'
import type { ContactCard, IncomingContent, Place } from '../../domain/incoming-content.js'

export function sharedContent(content: proto.IMessage): IncomingContent | undefined {
  const { locationMessage, liveLocationMessage, contactMessage, contactsArrayMessage } = content
  if (locationMessage) return { kind: 'location', ...placeOf(locationMessage) }
  if (liveLocationMessage)
    return {
      kind: 'live-location',
      latitude: liveLocationMessage.degreesLatitude ?? 0,
      longitude: liveLocationMessage.degreesLongitude ?? 0,
      caption: liveLocationMessage.caption ?? '',
      sequence: toNumber(liveLocationMessage.sequenceNumber ?? 0),
    }
  if (contactMessage) return { kind: 'contacts', contacts: [contactOf(contactMessage)] }
  if (contactsArrayMessage?.contacts?.length)
    return { kind: 'contacts', contacts: contactsArrayMessage.contacts.map(contactOf) }
  return pollContent(content) ?? invitation(content)
}

export function placeOf(location: proto.Message.ILocationMessage): Place {
  return {
    latitude: location.degreesLatitude ?? 0,
    longitude: location.degreesLongitude ?? 0,
    name: location.name ?? '',
    address: location.address ?? '',
    url: location.url ?? '',
  }
}

function contactOf({ displayName, vcard }: proto.Message.IContactMessage): ContactCard {
  const vCard = vcard ?? ''
  return { displayName: displayName ?? '', vCard, phones: phonesOf(vCard) }
}

/** `TEL;type=CELL;waid=5511999999999:+55 11 99999-9999`: WhatsApp's own number of the person, else the written one. */
function phonesOf(vCard: string): readonly string[] {
  return vCard.split(/\r?\n/u).flatMap((line) => {
    const [, parameters = '', value = ''] =
      /^(?:item\d+\.)?TEL([^:]*):(.*)$/iu.exec(line.trim()) ?? []
    const phone = (/waid=(\d+)/iu.exec(parameters)?.[1] ?? value).replace(/\D/gu, '')
    return phone === '' ? [] : [phone]
  })
}

function pollContent(content: proto.IMessage): IncomingContent | undefined {
  const poll =
    content.pollCreationMessage ??
    content.pollCreationMessageV2 ??
    content.pollCreationMessageV3 ??
    content.pollCreationMessageV4?.message?.pollCreationMessage ??
    content.pollCreationMessageV5
  if (!poll) return undefined
  return {
    kind: 'poll',
    question: poll.name ?? '',
    mostChoices: poll.selectableOptionsCount ?? 0,
    options: (poll.options ?? []).map(({ optionName }) => optionName ?? ''),
  }
}

function invitation(content: proto.IMessage): IncomingContent | undefined {
  const { newsletterAdminInviteMessage: channel, eventMessage: event, groupInviteMessage } = content
  if (channel)
    return {
      kind: 'channel-admin-invite',
      channel: channel.newsletterJid ?? '',
      name: channel.newsletterName ?? '',
      text: channel.caption ?? '',
      expiresAtSeconds: toNumber(channel.inviteExpiration ?? 0),
    }
  if (event)
    return {
      kind: 'event',
      name: event.name ?? '',
      description: event.description ?? '',
      isCanceled: event.isCanceled ?? false,
      joinLink: event.joinLink ?? '',
      startsAtSeconds: toNumber(event.startTime ?? 0),
      place: event.location ? placeOf(event.location) : undefined,
    }
  if (!groupInviteMessage) return undefined
  const { caption, groupName, inviteCode } = groupInviteMessage
  return {
    kind: 'text',
    text: caption ?? '',
    link: {
      title: groupName ?? '',
      description: '',
      url: inviteCode ? `https://chat.whatsapp.com/${inviteCode}` : '',
    },
  }
}
