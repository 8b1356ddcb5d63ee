import { describe, expect, test } from 'vitest'
import { Faults, InvalidFaultError, type LiveWorld, strike } from './faults.js'
import type { ClientConnection } from './model.js'
import type { StanzaAddress } from './fault-port.js'

const stanza: StanzaAddress = {
  from: '5511999990000',
  to: '5511999990001',
  id: '3EB0',
  device: 1,
  stranger: false,
  buttons: false,
}

function faultsWith(...changes: ReadonlyArray<Parameters<Faults['set']>[0]>): Faults {
  const faults = new Faults()
  for (const change of changes) faults.set(change)
  return faults
}

describe('acks', () => {
  test('are normal while nothing is set', () => {
    expect(new Faults().ackFor(stanza)).toEqual({ kind: 'normal' })
  })

  test('are refused for strangers only', () => {
    const faults = faultsWith({ acks: [{ kind: 'error', code: 463, strangers: true }] })
    expect(faults.ackFor(stanza)).toEqual({ kind: 'normal' })
    expect(faults.ackFor({ ...stanza, stranger: true })).toEqual({ kind: 'error', code: 463 })
  })

  test('are decided by the first rule that fits the sender and the recipient', () => {
    const faults = faultsWith({
      acks: [
        { kind: 'error', code: 479, to: '5511000000000' },
        { kind: 'error', code: 405, from: '5511000000000' },
        { kind: 'late', delayMs: 300, to: stanza.to },
        { kind: 'missing' },
      ],
    })
    expect(faults.ackFor(stanza)).toEqual({ kind: 'late', delayMs: 300 })
    expect(faults.ackFor({ ...stanza, to: '120363@g.us' })).toEqual({ kind: 'missing' })
  })

  test('are normal again when the rule is used up', () => {
    const faults = faultsWith({ acks: [{ kind: 'missing', times: 2 }] })
    const kinds = [1, 2, 3].map(() => faults.ackFor(stanza).kind)
    expect(kinds).toEqual(['missing', 'missing', 'normal'])
    expect(faults.state.acks).toEqual([])
  })

  test('of a phone’s own messages are never touched, and use no rule up', () => {
    const faults = faultsWith({ acks: [{ kind: 'missing', times: 1 }] })
    expect(faults.ackFor({ ...stanza, device: 0 })).toEqual({ kind: 'normal' })
    expect(faults.state.acks).toEqual([{ kind: 'missing', times: 1 }])
  })

  test.each([
    [{ kind: 'error' }, 'acks/0/code'],
    [{ kind: 'late' }, 'acks/0/delayMs'],
  ] as const)('refuse the rule %o, which does not say enough', (rule, field) => {
    const faults = faultsWith({ acks: [{ kind: 'missing' }] })
    const error = expect.objectContaining({ code: 'invalid-fault', field })
    expect(() => faults.set({ acks: [rule] })).toThrow(InvalidFaultError)
    expect(() => faults.set({ acks: [rule] })).toThrow(error)
    expect(faults.state.acks).toEqual([{ kind: 'missing' }])
  })
})

describe('logins', () => {
  test('end the stream on 503 for all clients, as often as said', () => {
    const faults = faultsWith({ logins: [{ code: 503, times: 1 }] })
    expect(faults.onConnect('5511999990000')).toEqual({ kind: 'stream-error', code: 503 })
    expect(faults.onConnect('5511999990000')).toBeUndefined()
  })

  test('are refused with 401 for one phone', () => {
    const faults = faultsWith({ logins: [{ code: 401, phone: '5511999990000' }] })
    expect(faults.onConnect('5511999990001')).toBeUndefined()
    expect(faults.onConnect('5511999990000')).toEqual({ kind: 'failure', code: 401 })
  })
})

test('refusals of the media host are counted, each at its own place', () => {
  const refusals = [
    { at: 'hosts' as const, code: 503 },
    { at: 'upload' as const, code: 413, times: 1 },
  ]
  const faults = faultsWith({ media: { refusals } })
  expect([faults.mediaRefusal('upload'), faults.mediaRefusal('upload')]).toEqual([413, undefined])
  expect([faults.mediaRefusal('hosts'), faults.mediaRefusal('hosts')]).toEqual([503, 503])
})

describe('the state', () => {
  test('keeps the parts that a change does not name', () => {
    const faults = faultsWith({ notOnWhatsApp: ['1234567'] }, { media: { upload: 'refuse' } })
    expect(faults.isHidden('1234567')).toBe(true)
    expect(faults.media).toEqual({ upload: 'refuse' })
  })

  test('is empty after a clear', () => {
    const faults = faultsWith({
      acks: [{ kind: 'missing' }],
      logins: [{ code: 503 }],
      notOnWhatsApp: ['1234567'],
      decryption: [{ phone: '1234567' }],
      media: { download: 'expired' },
    })
    faults.clear()
    expect(faults.state).toEqual(new Faults().state)
    expect(faults.isHidden('1234567')).toBe(false)
  })

  test('does not change with the object that it was set from', () => {
    const acks = [{ kind: 'missing' as const, times: 1 }]
    const faults = faultsWith({ acks })
    faults.ackFor(stanza)
    expect(acks).toEqual([{ kind: 'missing', times: 1 }])
  })

  test('lets a phone fail to decrypt as often as said', () => {
    const faults = faultsWith({ decryption: [{ phone: '1234567', times: 1 }] })
    expect(faults.failsToDecrypt('7654321')).toBe(false)
    expect(faults.failsToDecrypt('1234567')).toBe(true)
    expect(faults.failsToDecrypt('1234567')).toBe(false)
  })
})

describe('a strike', () => {
  test('hits the device that is named, and no other', async () => {
    const { world, log } = worldOf(['5511999990000', 1], ['5511999990000', 2], ['1234567', 1])
    await strike(world, [
      { phone: '5511999990000', device: 2, action: 'drop' },
      { phone: '5511999990000', device: 1, action: 'replace' },
      { phone: '1234567', action: 'freeze' },
      { phone: '7654321', action: 'thaw' },
    ])
    expect(log).toEqual([
      '5511999990000:2 drop',
      '5511999990000:1 stream error replaced',
      '1234567:1 freeze',
    ])
  })

  test('unlinks every device of a phone when none is named', async () => {
    const { world, log } = worldOf(['5511999990000', 1], ['5511999990000', 2], ['1234567', 1])
    await strike(world, [{ phone: '5511999990000', action: 'unlink' }])
    expect(log).toEqual(['5511999990000:1 unlinked', '5511999990000:2 unlinked'])
  })
})

function worldOf(...devices: ReadonlyArray<readonly [phone: string, device: number]>) {
  const log: string[] = []
  const connections = devices.map(([phone, device]): ClientConnection => {
    const note = (what: string) => log.push(`${phone}:${device} ${what}`)
    return {
      phone,
      device,
      drop: () => note('drop'),
      freeze: () => note('freeze'),
      thaw: () => note('thaw'),
      sendStreamError: (code) => note(`stream error ${code}`),
      send: () => note('send'),
    }
  })
  const phone: LiveWorld['phone'] = (number) => ({
    linkedDevices: () =>
      devices
        .filter(([owner]) => owner === number)
        .map(([, device]) => ({ device, platform: '', linkedAt: 0, connected: true })),
    async unlink(device) {
      log.push(`${number}:${device} unlinked`)
    },
  })
  return { world: { connections, phone }, log }
}

describe('a linking that asks for a passkey', () => {
  test('fails as often as a rule for this phone and step says', () => {
    const phone = stanza.from
    const faults = faultsWith({ passkey: [{ kind: 'cut', at: 'ref', phone, times: 1 }] })
    expect(faults.passkeyFault('5511000000000', 'cut', 'ref')).toBeUndefined()
    expect(faults.passkeyFault(phone, 'cut', 'nonce')).toBeUndefined()
    expect(faults.passkeyFault(phone, 'cut', 'ref')).toBeDefined()
    expect(faults.passkeyFault(phone, 'cut', 'ref')).toBeUndefined()
  })

  test.each([{ kind: 'error' }, { kind: 'cut' }, { kind: 'silence', at: 'ref' }] as const)(
    'refuses the rule %o',
    (rule) => {
      expect(() => new Faults().set({ passkey: [rule] })).toThrow(InvalidFaultError)
    },
  )
})
