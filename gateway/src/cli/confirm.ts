/** Asks yes or no at the terminal. */

import { createInterface } from 'node:readline/promises'
import type { Terminal } from './ask-secret.js'

/** Undefined where the input is no terminal. */
export type Confirm = (question: string) => Promise<boolean | undefined>

export function createConfirm({ input, output }: Terminal): Confirm {
  return async (question) => {
    if (input.isTTY !== true) return undefined
    const lines = createInterface({ input, output })
    try {
      return /^y(es)?$/iu.test((await lines.question(`${question} [y/N] `)).trim())
    } finally {
      lines.close()
    }
  }
}
