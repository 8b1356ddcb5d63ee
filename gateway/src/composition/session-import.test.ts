/** What an import leaves in the store. */

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { donorFiles, inFolder } from '../../test/support/donor-creds.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { standInImports } from '../../test/support/stand-in-imports.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import { createVault } from '../db/encryption.js'
import { AlreadyConnectedError, ImportRefusedError } from '../domain/errors.js'
import { AuditLog } from '../instances/audit-log.js'
import { Instances } from '../instances/instances.js'
import { silentLog } from '../runtime/telemetry.js'
import { CredentialStore } from '../sessions/credential-store.js'
import { StoredAuthState } from '../whatsapp/keys/auth-state.js'

const by = { role: 'operator', address: '127.0.0.1' } as const

eachDatabase('an import', (open) => {
  async function setUp() {
    const database = await open()
    const parts = { database, vault: createVault(randomBytes(32)), clock: new ManualClock() }
    const instances = new Instances({ ...parts, endpoints: noEndpoints })
    const { instance } = await instances.create({ name: 'Loja' })
    return {
      ...parts,
      instances,
      id: instance.id,
      imports: standInImports({ ...parts, instances }),
      credentials: new CredentialStore(parts),
    }
  }

  test('is what a connection opens afterwards: identity, keys, and no ratchets', async () => {
    const { imports, id, credentials } = await setUp()
    const donor = donorFiles()
    expect(await imports.apply(id, inFolder(donor), { by })).toMatchObject({ connected: true })
    const { state, isLinked } = await StoredAuthState.open(credentials, id, silentLog)
    expect(isLinked).toBe(true)
    expect(state.creds).toMatchObject({ me: donor.creds['me'], nextPreKeyId: 41 })
    const { private: secret } = Object(donor.keys['pre-key-40.json'])
    const found = await state.keys.get('pre-key', ['3', '40', '41'])
    expect(Object.keys(found)).toEqual(['3', '40'])
    expect(Buffer.from(found['40']?.private ?? [])).toEqual(Buffer.from(secret))
    const appState = await state.keys.get('app-state-sync-key', ['AAAA/w=='])
    expect(appState['AAAA/w==']?.keyData).toHaveLength(32)
    expect(await state.keys.get('session', ['5511977770001.0'])).toEqual({})
    expect(await state.keys.get('app-state-sync-version', ['regular'])).toEqual({})
  })

  test('that is only looked at leaves nothing, and no entry in the audit log', async () => {
    const { imports, id, credentials, ...parts } = await setUp()
    const { phone } = await imports.look(id, inFolder(donorFiles()), {})
    expect(phone).toBe('5511988880001')
    expect(await credentials.loadIdentity(id)).toBeUndefined()
    expect(await new AuditLog(parts).list({ limit: 10 })).toEqual([])
  })

  test('stands in the audit log with its source and without the number', async () => {
    const { imports, id, ...parts } = await setUp()
    await imports.apply(id, inFolder(donorFiles()), { by })
    const [entry] = await new AuditLog(parts).list({ limit: 10 })
    expect(entry).toMatchObject({ act: 'session-imported', instanceId: id, detail: 'baileys', by })
  })

  test('of a number that is linked here is refused, also when two come at once', async () => {
    const { imports, id, instances, credentials } = await setUp()
    const { instance: other } = await instances.create({ name: 'Filial' })
    const files = inFolder(donorFiles())
    const [first, second] = await Promise.allSettled([
      imports.apply(id, files, { by }),
      imports.apply(other.id, files, { by }),
    ])
    expect(first).toMatchObject({ status: 'fulfilled' })
    expect(second).toMatchObject({ reason: expect.any(ImportRefusedError) })
    expect(second).toMatchObject({ reason: { message: expect.stringContaining('"Loja"') } })
    expect(await credentials.loadIdentity(other.id)).toBeUndefined()
    const more = imports.look(id, inFolder(donorFiles('5511988880002')), {})
    await expect(more).rejects.toBeInstanceOf(AlreadyConnectedError)
  })
})
