/** Asks at the terminal for what must not be seen there. */

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandError } from './gateway-client.js'

export type AskSecret = (question: string) => Promise<string>

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined }
  readonly output: NodeJS.WritableStream
}

/** Throws `CommandError`, with `instead`, if there is no terminal. */
export function createAskSecret({ input, output }: Terminal, instead: string): AskSecret {
  return async (question) => {
    if (input.isTTY !== true) throw new CommandError(instead)
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({ input, output: nowhere, terminal: true })
    try {
      output.write(question)
      return await lines.question('')
    } finally {
      lines.close()
      output.write('\n')
    }
  }
}
