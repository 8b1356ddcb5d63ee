import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createVault } from '../../src/db/encryption.js'
import { checkMasterKey, openMasterKey } from '../../src/db/master-key.js'
import { openDatabase } from '../../src/db/open-database.js'
import { AccessTokens } from '../../src/instances/access-tokens.js'
import { Instances } from '../../src/instances/instances.js'
import { CredentialStore } from '../../src/sessions/credential-store.js'
import { ResendStore } from '../../src/sessions/resend-store.js'
import { ManualClock } from '../support/manual-clock.js'
import { noEndpoints } from '../support/stored-instance.js'

/** Every form in which bytes could lie in a file. */
function formsOf(canary: Buffer): readonly Buffer[] {
  return [
    canary,
    Buffer.from(canary.toString('hex')),
    Buffer.from(canary.toString('hex').toUpperCase()),
    Buffer.from(canary.toString('base64').replace(/=+$/, '')),
    Buffer.from(canary.toString('utf16le')),
  ]
}

async function filesIn(directory: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = await readdir(directory)
  const contents = names.map(async (name) => [name, await readFile(join(directory, name))] as const)
  return new Map(await Promise.all(contents))
}

test('no file beside the master key holds a sealed value in clear, while it is open or after', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-at-rest-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const { key } = await openMasterKey({ dataDir })
  const vault = createVault(key)
  const clock = new ManualClock()
  const database = await openDatabase({ dataDir })
  await checkMasterKey(database, vault)

  const made = await new AccessTokens({ database, clock }).open()
  const instances = new Instances({ database, vault, clock, endpoints: noEndpoints })
  const { instance, token } = await instances.create({
    name: 'a name that is no secret',
  })
  const [identity, signalKey, copy] = [randomBytes(24), randomBytes(24), randomBytes(24)]
  const credentials = new CredentialStore({ database, vault })
  const keys = Array.from({ length: 812 }, (_, n) => ({
    type: 'pre-key',
    id: String(n),
    value: signalKey,
  }))
  await credentials.save(instance.id, { identity, keys })
  await credentials.save(instance.id, { keys: [{ type: 'pre-key', id: '7', value: undefined }] })
  const resends = new ResendStore({ database, vault, clock })
  await resends.keep(instance.id, '3EB01', copy, clock.now() + 1_000)

  const canaries = [
    identity,
    signalKey,
    copy,
    Buffer.from(token),
    Buffer.from(made.client ?? ''),
    Buffer.from(made.partner ?? ''),
    Buffer.from(await instances.signingSecretOf(instance.id)),
  ]
  const open = await filesIn(dataDir)
  await database[Symbol.asyncDispose]()
  const closed = await filesIn(dataDir)

  expect([...open.keys()].toSorted()).toEqual(['master.key', 'recado.sqlite', 'recado.sqlite-wal'])
  for (const files of [open, closed]) {
    const finds = [...files].flatMap(([name, content]) =>
      canaries
        .filter((canary) => formsOf(canary).some((form) => content.includes(form)))
        .map((canary) => [name, canaries.indexOf(canary)]),
    )
    expect(finds).toEqual([])
    // The search does find what lies there in clear.
    expect([...files.values()].some((content) => content.includes(instance.name))).toBe(true)
  }
})
