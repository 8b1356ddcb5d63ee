/** `npm run check:n8n`: n8n's own lint and build, in its strict mode, on packages/n8n-nodes-recado. */

import { benchForNode } from './workshop.js'

const bench = benchForNode()
for (const command of ['lint', 'build']) bench.run(command)
process.stdout.write('n8n-node lint and build pass\n')
