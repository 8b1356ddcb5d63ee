/**
 * `npm run check:n8n`: n8n's own lint and build, in its strict mode, on packages/n8n-nodes-recado.
 *
 * n8n's tools (560 MB) are in no lockfile of this project. Where the registry does not give them within
 * 150 seconds, the command says that nothing was checked and ends well: a check of Recado must not depend on that.
 */

import { NotInstalledError } from '../workshop.js'
import { benchForNode } from './bench.js'

try {
  const bench = benchForNode(150_000)
  for (const command of ['lint', 'build']) bench.run(command)
  process.stdout.write('n8n-node lint and build pass\n')
} catch (error) {
  if (!(error instanceof NotInstalledError)) throw error
  process.stdout.write(`NOT CHECKED: ${error.message}\n`)
}
