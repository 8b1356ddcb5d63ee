import { type BinaryNode, proto } from 'baileys'
import { expect, it } from 'vitest'
import { incomingMessageOf } from './incoming-message.js'
import { StanzaFacts } from './stanza-facts.js'

const group = '12@g.us'
const notification = (id: string, change: BinaryNode): BinaryNode => ({
  tag: 'notification',
  attrs: { type: 'w:gp2', from: group, id },
  content: [change],
})

const person = (tag: string, lid: string) => ({
  tag,
  attrs: { jid: `${lid}@lid`, phone_number: `55449${lid}@s.whatsapp.net` },
})

const to = (attrs: BinaryNode['attrs']): BinaryNode => ({ tag: 'to', attrs })

it('knows to whom a message to an own list went, by both names', () => {
  const facts = new StanzaFacts()
  const participants = [
    to({ jid: '126104585119999@lid', peer_recipient_pn: '5544999999999@s.whatsapp.net' }),
    to({ jid: '5544988888888@s.whatsapp.net', peer_recipient_lid: '138955211189999@lid' }),
    to({ jid: 'unreadable' }),
    { tag: 'other', attrs: { jid: '1@lid' } },
  ]
  facts.hear({
    tag: 'message',
    attrs: { from: '17748@broadcast', participant: '100@lid', id: 'M1' },
    content: [{ tag: 'participants', attrs: {}, content: participants }],
  })
  expect(facts.of({ remoteJid: '17748@broadcast', id: 'M1' })).toEqual({
    listRecipients: [
      { lid: '126104585119999', phone: '5544999999999' },
      { lid: '138955211189999', phone: '5544988888888' },
    ],
  })
  expect(facts.of({ remoteJid: '17748@broadcast', id: 'M2' })).toBeUndefined()
})

it('knows who came by the link of a group', () => {
  const facts = new StanzaFacts()
  facts.hear(notification('N1', { tag: 'add', attrs: { reason: 'invite' } }))
  facts.hear(notification('N2', { tag: 'add', attrs: {} }))
  expect(facts.of({ remoteJid: group, id: 'N1' })).toEqual({ joinedByLink: true })
  expect(facts.of({ remoteJid: group, id: 'N2' })).toBeUndefined()
  const added = (id: string) =>
    incomingMessageOf(
      {
        key: { remoteJid: group, participant: '200@lid', id },
        messageStubType: proto.WebMessageInfo.StubType.GROUP_PARTICIPANT_ADD,
        messageStubParameters: ['{"id":"200@lid"}'],
      },
      { lid: '100' },
      0,
      { facts: facts.of({ remoteJid: group, id }) },
    )?.content
  expect(added('N1')).toMatchObject({ change: 'joined-by-link', people: [{ lid: '200' }] })
  expect(added('N2')).toMatchObject({ change: 'added' })
})

it('knows everyone for whom a member asked, and whose requests ended', () => {
  const facts = new StanzaFacts()
  const about = (id: string, tag: string, child: string) =>
    facts.hear(
      notification(id, { tag, attrs: {}, content: [person(child, '300'), person(child, '400')] }),
    )
  about('N1', 'created_membership_requests', 'requested_user')
  about('N2', 'revoked_membership_requests', 'participant')
  const told = (id: string, ...parameters: readonly string[]) =>
    incomingMessageOf(
      {
        key: { remoteJid: group, participant: '200@lid', id },
        messageStubType:
          proto.WebMessageInfo.StubType.GROUP_MEMBERSHIP_JOIN_APPROVAL_REQUEST_NON_ADMIN_ADD,
        messageStubParameters: ['{"lid":"200@lid"}', ...parameters],
      },
      { lid: '100' },
      0,
      { facts: facts.of({ remoteJid: group, id }) },
    )?.content
  const asking = [
    { lid: '300', phone: '55449300' },
    { lid: '400', phone: '55449400' },
  ]
  expect(told('N1', 'created', 'non_admin_add')).toMatchObject({
    change: 'join-requested',
    people: [{ lid: '200' }, ...asking],
  })
  expect(told('N2', 'rejected')).toMatchObject({ change: 'join-request-ended', people: asking })
})

const post = (id: string, from: string, isSender?: 'true'): BinaryNode => ({
  tag: 'message',
  attrs: { id, from, server_id: '7', ...(isSender && { is_sender: isSender }) },
  content: [{ tag: 'plaintext', attrs: {}, content: Buffer.from('') }],
})

it('knows what this number said in its channel on another device', () => {
  const channel = '120363000000000001@newsletter'
  const facts = new StanzaFacts()
  for (const node of [post('P1', channel, 'true'), post('P2', channel), post('P3', group, 'true')])
    facts.hear(node)
  const fromMe = (remoteJid: string, id: string) => {
    const key = { remoteJid, id }
    const message = { key, message: { conversation: 'Oi' } }
    return incomingMessageOf(message, { lid: '100' }, 0, { facts: facts.of(key) })?.fromMe
  }
  expect(fromMe(channel, 'P1')).toBe(true)
  expect(fromMe(channel, 'P2')).toBe(false)
  expect(facts.of({ remoteJid: group, id: 'P3' })).toBeUndefined()
})

it('forgets the oldest when a stranger floods it', () => {
  const facts = new StanzaFacts()
  for (let n = 0; n <= 1_000; n += 1)
    facts.hear(notification(`N${n}`, { tag: 'ephemeral', attrs: {} }))
  expect(facts.of({ remoteJid: group, id: 'N0' })).toBeUndefined()
  expect(facts.of({ remoteJid: group, id: 'N1000' })).toEqual({ setTimer: true })
})
