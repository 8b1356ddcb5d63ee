import type { BinaryNode } from 'baileys'
import { describe, expect, it } from 'vitest'
import { noticeOfNotification } from './notifications.js'

const own = { phone: '5511900000000', lid: '100' }
const now = 1_700_000_000_500

const notification = (type: string, from: string, content: BinaryNode[]): BinaryNode => ({
  tag: 'notification',
  attrs: { type, from, id: 'N1', t: '1700000000' },
  content,
})
const read = (node: BinaryNode) => noticeOfNotification(node, own, now)

describe('the own picture', () => {
  it.each(['5511900000000@s.whatsapp.net', '100@lid'])('of %s is told', (from) => {
    const told = read(notification('picture', from, [{ tag: 'set', attrs: { id: '7' } }]))
    expect(told).toMatchObject({
      whatsappId: 'N1',
      chat: { kind: 'person', ...own },
      sender: own,
      fromMe: true,
      at: now,
      content: { kind: 'own-picture' },
    })
  })

  it('of another person, or of a group, is not', () => {
    for (const from of ['5511911111111@s.whatsapp.net', '12@g.us', 's.whatsapp.net'])
      expect(read(notification('picture', from, [{ tag: 'set', attrs: {} }]))).toBeUndefined()
    expect(
      read(notification('picture', '100@lid', [{ tag: 'request', attrs: {} }])),
    ).toBeUndefined()
    expect(read(notification('picture', '100@lid', []))).toBeUndefined()
  })
})

const mex = (operation: string, json: string): BinaryNode =>
  notification('mex', 's.whatsapp.net', [
    { tag: 'update', attrs: { op_name: operation }, content: Buffer.from(json) },
  ])

describe('what WhatsApp writes as JSON', () => {
  it('names an administrator of a channel and who made them one', () => {
    const told = {
      id: '120@newsletter',
      user: { id: '200@lid', pn: '5544@s.whatsapp.net' },
      actor: { id: '100@lid' },
    }
    const json = JSON.stringify({ data: { xwa2_notify_newsletter_admin_promote: told } })
    expect(read(mex('NotificationNewsletterAdminPromote', json))).toMatchObject({
      chat: { kind: 'newsletter', newsletter: '120' },
      sender: { lid: '100' },
      fromMe: true,
      content: {
        kind: 'channel-role',
        change: 'promoted',
        person: { lid: '200', phone: '5544' },
        role: 'ADMIN',
      },
    })
  })

  it.each([
    ['not JSON', '{'],
    ['a list', '[]'],
    ['nothing in it', '{"data":null}'],
    [
      'another chat',
      '{"data":{"xwa2_notify_newsletter_admin_promote":{"id":"12@g.us","user":{"id":"2@lid"}}}}',
    ],
    ['no person', '{"data":{"xwa2_notify_newsletter_admin_promote":{"id":"12@newsletter"}}}'],
  ])('says nothing with %s', (_name, json) => {
    expect(read(mex('NotificationNewsletterAdminPromote', json))).toBeUndefined()
    expect(read(mex('NotificationGroupMemberLinkPropertyUpdate', json))).toBeUndefined()
    expect(read(mex('NotificationUnheardOf', json))).toBeUndefined()
  })
})
