import type { BinaryNode } from 'baileys'
import { describe, expect, it } from 'vitest'
import { IncomingCalls } from './calls.js'

const now = 1_700_000_000_500
const seconds = '1700000000'

function step(tag: string, more: BinaryNode['attrs'] = {}, attrs: BinaryNode['attrs'] = {}) {
  const content = [{ tag: 'audio', attrs: {} }]
  const info = { 'call-id': 'A1', 'call-creator': '200:0@lid', ...more }
  return {
    tag: 'call',
    attrs: { from: '200@lid', id: '1', t: seconds, ...attrs },
    content: [{ tag, attrs: info, content }],
  }
}

describe('a call', () => {
  it('rings, and is missed when its caller gives up', () => {
    const desk = new IncomingCalls()
    const pn = { caller_pn: '5511911111111@s.whatsapp.net' }
    expect(desk.hear(step('offer', pn, { notify: 'Ana' }), now)).toEqual({
      id: 'A1',
      chat: { kind: 'person', lid: '200', phone: '5511911111111' },
      caller: { lid: '200', phone: '5511911111111' },
      callerName: 'Ana',
      video: false,
      step: 'ringing',
      at: now,
      over: false,
    })
    expect(desk.hear(step('terminate', { reason: 'timeout' }), now)).toMatchObject({
      step: 'missed',
      caller: { phone: '5511911111111' },
    })
    expect(desk.hear(step('terminate'), now)).toBeUndefined()
  })

  it.each([
    ['accept', step('accept')],
    ['accepted_elsewhere', step('terminate', { reason: 'accepted_elsewhere' })],
  ])('is taken when another device says %s', (_name, node) => {
    const desk = new IncomingCalls()
    desk.hear(step('offer'), now)
    expect(desk.hear(node, now)).toMatchObject({ step: 'taken', over: true, id: 'A1' })
    expect(desk.hear(step('terminate'), now)).toBeUndefined()
  })

  it.each([
    ['reject', step('reject')],
    ['rejected_elsewhere', step('terminate', { reason: 'rejected_elsewhere' })],
  ])('is not missed when another device says %s', (_name, node) => {
    const desk = new IncomingCalls()
    desk.hear(step('offer'), now)
    expect(desk.hear(node, now)).toBeUndefined()
    expect(desk.hear(step('terminate'), now)).toBeUndefined()
  })

  it('is not missed when we rejected it', async () => {
    const desk = new IncomingCalls()
    const call = desk.hear(step('offer'), now)
    const rejected: string[] = []
    const rejectCall = async (id: string, creator: string) => void rejected.push(id, creator)
    if (call) await desk.reject({ rejectCall }, call)
    expect(rejected).toEqual(['A1', '200:0@lid'])
    expect(desk.hear(step('terminate'), now)).toBeUndefined()
  })

  it('that rang while we were away is over', () => {
    expect(new IncomingCalls().hear(step('offer', {}, { offline: '0' }), now)?.over).toBe(true)
    expect(new IncomingCalls().hear(step('offer', {}, { t: '1699999000' }), now)?.over).toBe(true)
  })

  it('of a group is in its chat', () => {
    const group = { 'group-jid': '12@g.us' }
    expect(new IncomingCalls().hear(step('offer', group), now)?.chat).toEqual({
      kind: 'group',
      group: '12',
    })
  })

  it('without a name or a caller is nothing, and other steps say nothing', () => {
    const desk = new IncomingCalls()
    expect(desk.hear(step('offer', { 'call-id': '' }), now)).toBeUndefined()
    expect(desk.hear(step('offer', { 'call-creator': 'unreadable' }), now)).toBeUndefined()
    expect(desk.hear(step('relaylatency'), now)).toBeUndefined()
    expect(desk.hear({ tag: 'call', attrs: {} }, now)).toBeUndefined()
  })

  it('is forgotten when too many ring at once', () => {
    const desk = new IncomingCalls()
    for (let n = 0; n < 501; n += 1) desk.hear(step('offer', { 'call-id': `A${n}` }), now)
    expect(desk.hear(step('terminate', { 'call-id': 'A0' }), now)).toBeUndefined()
    expect(desk.hear(step('terminate', { 'call-id': 'A500' }), now)?.step).toBe('missed')
  })
})
