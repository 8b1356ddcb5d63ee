/** What `npm run sandbox` does first. `npm run build:web` builds in any case. */

import { buildStalePages } from './stale-pages.js'

await buildStalePages()
