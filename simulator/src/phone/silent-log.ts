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

/** Hands on what Baileys' functions warn of and go on from. */
export function hearingProblems(tell: (problem: string) => void): ILogger {
  const hear = (_about: unknown, text?: string): void => tell(text ?? 'problem')
  return { ...SILENT, warn: hear, error: hear }
}
