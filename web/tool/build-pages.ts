/** What `npm run sandbox` and `npm run build` do. `npm run build:web` builds in any case. */

import { buildStalePages } from './stale-pages.js'

await buildStalePages()
