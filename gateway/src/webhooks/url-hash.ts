/** Names a URL in an index: PostgreSQL takes shorter texts there than a URL may be. */

import { createHash } from 'node:crypto'

export const urlHash = (url: string): string => createHash('sha256').update(url).digest('base64url')
