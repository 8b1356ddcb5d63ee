/** Runs a simulator by itself. Prints one line of JSON when it is ready, and stops at SIGINT or SIGTERM. */

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { startSimulator } from './simulator.js'

const USAGE = `npm run simulator -- [options]

  --port N          where clients connect (a free one)
  --control-port N  where people and tests control the phones (a free one)
  --media-port N    where images are stored (a free one)
  --data-dir DIR    keep the root key and the media host's certificate here (a temporary directory)
  --phone NUMBER    add a phone; may be given several times
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    'media-port': { type: 'string', default: '0' },
    'data-dir': { type: 'string' },
    phone: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

if (values.help) {
  process.stdout.write(USAGE)
} else {
  const stop = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  const temporary = values['data-dir'] === undefined ? await temporaryDirectory() : undefined
  const simulator = await startSimulator({
    port: Number(values.port),
    controlPort: Number(values['control-port']),
    mediaPort: Number(values['media-port']),
    dataDir: values['data-dir'] ?? temporary,
  })
  for (const phone of values.phone) await simulator.addPhone({ phone })
  const { url, rootKey, controlUrl, caCertificatePath } = simulator
  process.stdout.write(`${JSON.stringify({ url, rootKey, controlUrl, caCertificatePath })}\n`)
  await stop
  await simulator[Symbol.asyncDispose]()
  if (temporary !== undefined) await rm(temporary, { recursive: true })
}

function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'recado-simulator-'))
}
