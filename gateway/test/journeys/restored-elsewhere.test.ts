/** A backup that is restored while the gateway it was made on still runs: both say so, and no number is lost. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { GatewayClient } from '../../../sandbox/src/gateway-client.js'
import { startGatewayProcess } from '../../../sandbox/src/gateway-process.js'
import { placeOf, sandboxSettings } from '../../../sandbox/src/sandbox.js'
import { clientToken, Journey, partnerToken } from '../support/journey.js'
import { recado } from '../support/recado-command.js'

test('the gateway that loses is told of a second one, and the restored one of where its data comes from', async () => {
  await using journey = await Journey.start()
  const { instance } = await journey.pairedInstance()
  const directory = await mkdtemp(join(tmpdir(), 'recado-elsewhere-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const passphrase = { RECADO_BACKUP_PASSPHRASE: 'correct horse battery staple' }
  const file = join(directory, 'recado.backup')
  const dataDir = join(directory, 'data')
  expect(await recado(journey, ['backup', file], passphrase)).toMatchObject({ code: 0 })
  const elsewhere = { ...passphrase, RECADO_DATA_DIR: dataDir }
  expect(await recado(journey, ['restore', file], elsewhere)).toMatchObject({ code: 0 })
  await using restored = await startGatewayProcess({
    env: {
      ...sandboxSettings,
      ...placeOf(journey.simulator, dataDir),
      RECADO_PORT: '0',
      RECADO_CLIENT_TOKEN: clientToken,
      RECADO_PARTNER_TOKEN: partnerToken,
    },
  })
  const { body } = await journey.callbacks.next(({ body: each }) => each['reason'] === 'replaced')
  expect(body['cause']).toContain('a copy of its data such as a restored backup')

  await journey.client.onInstance(instance, 'GET', 'restore-session')
  const told = await journey.callbacks.next(
    ({ body: each }) => each['reason'] === 'restored-elsewhere',
  )
  expect(told.body['error']).toMatch(/This data comes from a backup.*Stop the other gateway/u)
  expect(await journey.client.isConnected(instance)).toBe(true)

  const status = await new GatewayClient(restored.url, clientToken, partnerToken).onInstance(
    instance,
    'GET',
    'status',
  )
  expect(status).toMatchObject({ disconnection: { reason: 'restored-elsewhere' } })
})
