/** A large file that waits with its message takes room on the disk until the message is done. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { isLarge, type LargeFile } from '../../src/domain/content/files.js'
import { Media } from '../../src/media/media.js'
import { FileStage } from '../../src/outbox/queue/file-stage.js'
import { systemClock } from '../../src/runtime/clock.js'
import { createGuardedFetch } from '../../src/runtime/guarded-fetch.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { anOutgoingMessage } from '../support/outgoing-message.js'

const newStage = () =>
  new FileStage({
    media: new Media({
      fetch: createGuardedFetch({ allowedNetworks: ['127.0.0.1/32'] }),
      log: silentLog,
    }),
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  })

const place = 1
const bytes = Buffer.alloc(300_000, 'contrato')

function messageWith(document: { kind: 'url'; url: string } | { kind: 'base64'; base64: string }) {
  const file = { fileName: 'a.bin', mimeType: 'application/octet-stream', caption: '' }
  return {
    ...anOutgoingMessage({ content: { kind: 'document', document, ...file } }),
    place,
    sends: [],
  }
}

const message = messageWith({ kind: 'base64', base64: bytes.toString('base64') })

function fileIn(stage: FileStage): LargeFile {
  const staged = stage.of(place)
  const file = staged.kind === 'ready' ? staged.files.get('document')?.bytes : undefined
  if (file === undefined || !isLarge(file)) throw new TypeError(`no file: ${staged.kind}`)
  return file
}

async function contentOf(file: LargeFile): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of file.chunks()) parts.push(part)
  return Buffer.concat(parts).toString()
}

test.each(['forget', 'close'] as const)('%s frees it', async (how) => {
  const stage = newStage()
  await stage.begin(message)
  const file = fileIn(stage)
  expect(await contentOf(file)).toBe(bytes.toString())
  stage[how](place)
  await expect(contentOf(file)).rejects.toThrow('closed')
  expect(stage.of(place).kind).toBe('unknown')
})

test('stop ends the download of one that is not there yet', async () => {
  const server = createServer((_request, response) => response.write('half')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stage = newStage()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const asked = once(server, 'request')
  const begun = stage.begin(messageWith({ kind: 'url', url }))
  await asked
  stage.stop()
  await begun
  expect(stage.of(place).kind).toBe('unknown')
  server.closeAllConnections()
  server.close()
})
