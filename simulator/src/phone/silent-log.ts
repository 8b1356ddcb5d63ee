/** What Baileys' functions get as a log: a phone reports its own failures, so nothing is written. */

import type { ILogger } from 'baileys/lib/Utils/logger.js'

const nothing = (): void => undefined

export const SILENT: ILogger = {
  level: 'silent',
  child: () => SILENT,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
}
