import { describe, expect, test } from 'vitest'
import { donorFiles, inFolder } from '../../../test/support/donor-creds.js'
import { ImportRefusedError } from '../../domain/errors.js'
import type { ImportWish } from '../../domain/session-import.js'
import { readLinkedSession } from './read-session.js'

const noTables = (): undefined => undefined
const read = (files = inFolder(donorFiles()), wish: ImportWish = {}) =>
  readLinkedSession(files, wish, noTables)
const credsOf = (identity: Uint8Array) => JSON.parse(Buffer.from(identity).toString())

describe('a folder of Baileys', () => {
  test('says whose it is, what is taken and what is not', async () => {
    expect((await read()).findings).toEqual({
      source: 'baileys',
      phone: '5511988880001',
      device: 7,
      lid: '99887766554433',
      name: 'Loja',
      platform: 'android',
      taken: {
        'pre-keys': 2,
        sessions: 0,
        'sender-keys': 0,
        'app-state-keys': 1,
        'lid-mappings': 1,
        'privacy-tokens': 1,
        'identity-keys': 1,
      },
      dropped: [
        { kind: 'sessions', count: 1, reason: 'may-be-old' },
        { kind: 'sender-keys', count: 1, reason: 'may-be-old' },
        { kind: 'sender-key-memories', count: 1, reason: 'fetched-again' },
        { kind: 'app-state-versions', count: 1, reason: 'fetched-again' },
        { kind: 'device-lists', count: 1, reason: 'fetched-again' },
      ],
    })
  })

  test('gives each key the id that it had before it became the name of a file', async () => {
    const { keys, findings } = await read(undefined, { keepSessions: true })
    expect(findings.taken).toMatchObject({ sessions: 1, 'sender-keys': 1 })
    expect(keys.map(({ type, id }) => `${type} ${id}`)).toEqual(
      expect.arrayContaining([
        'session 5511977770001.0',
        'sender-key 1203630@g.us::5511977770001_1::0',
        'app-state-sync-key AAAA/w==',
        'tctoken __index',
      ]),
    )
  })

  test('makes new pre-keys under unused ids, and asks for a new route', async () => {
    const creds = credsOf((await read()).identity)
    expect(creds).toMatchObject({ nextPreKeyId: 41, firstUnuploadedPreKeyId: 41, registered: true })
    expect(creds).not.toHaveProperty('routingInfo')
    expect(creds.accountSyncCounter).toBeGreaterThan(0)
    const ahead = donorFiles()
    ahead.creds['nextPreKeyId'] = 900
    expect(credsOf((await read(inFolder(ahead))).identity)).toMatchObject({ nextPreKeyId: 900 })
  })

  test('leaves out what is not what its name says, and counts it', async () => {
    const files = inFolder(donorFiles()).filter(({ name }) => !name.startsWith('pre-key-40'))
    const broken = Buffer.from('{"private":{"type":"Buffer","data":"AA=="}}')
    files.push({ name: 'pre-key-50.json', bytes: broken })
    files.push({ name: 'pre-key-51.json', bytes: Buffer.from('{"priv') })
    files.push({ name: 'notes.json', bytes: Buffer.from('{}') })
    files.push({ name: 'session-1.0.json', bytes: undefined })
    const { findings, identity } = await read(files)
    expect(findings.taken['pre-keys']).toBe(1)
    expect(findings.dropped).toEqual(
      expect.arrayContaining([
        { kind: 'unreadable-keys', count: 1, reason: 'unreadable' },
        { kind: 'other-files', count: 1, reason: 'not-known' },
        { kind: 'sessions', count: 2, reason: 'may-be-old' },
      ]),
    )
    expect(credsOf(identity).nextPreKeyId).toBe(51)
  })
})

describe('a session that is not whole is refused', () => {
  const fields = [
    'me',
    'noiseKey',
    'signedIdentityKey',
    'signedPreKey',
    'registrationId',
    'account',
  ]

  test.each(fields)('without %s, by its name and with the cure', async (field) => {
    const donor = donorFiles()
    delete donor.creds[field]
    const refused = read(inFolder(donor))
    await expect(refused).rejects.toBeInstanceOf(ImportRefusedError)
    await expect(refused).rejects.toThrow(
      new RegExp(`^${field}[\\w.]* is missing\\. The pairing .* pair it here by QR\\.$`, 'u'),
    )
  })

  test.each(['noiseKey', 'signedIdentityKey'])(
    'with halves of %s of two devices',
    async (field) => {
      const [one, two] = [donorFiles(), donorFiles()]
      const other = Object(two.creds[field])
      one.creds[field] = { ...Object(one.creds[field]), public: other.public }
      await expect(read(inFolder(one))).rejects.toThrow(`${field}.public does not belong to`)
    },
  )

  test('with a damaged signature, without quoting it', async () => {
    const donor = donorFiles()
    const { signature: _, ...key } = Object(donor.creds['signedPreKey'])
    donor.creds['signedPreKey'] = { ...key, signature: Buffer.alloc(9, 'x') }
    await expect(read(inFolder(donor))).rejects.toThrow('signedPreKey.signature is not 64 bytes.')
  })

  test('when it is the phone itself', async () => {
    const donor = donorFiles()
    donor.creds['me'] = { id: '5511988880001@s.whatsapp.net' }
    await expect(read(inFolder(donor))).rejects.toThrow('me.id is not the address of a linked')
  })

  test('when there is no creds.json', async () => {
    const files = inFolder(donorFiles()).filter(({ name }) => name !== 'creds.json')
    await expect(read(files)).rejects.toThrow('creds is missing')
  })
})
