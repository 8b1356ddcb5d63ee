/** The part of `packaging/build.js` that is in TypeScript. */

import { resolve } from 'node:path'
import { bundleGateway } from './release/bundle.js'

await bundleGateway(resolve(import.meta.dirname, '..'))
