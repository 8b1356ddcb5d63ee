/** Every journey searches what its gateway wrote. Here it is shown that the search finds. */

import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Journey } from '../support/journey.js'

const log = (reason: string): string => JSON.stringify({ event: 'leak', reason })

test('a journey fails on a secret in the output or a file, and on a line that is no log line', async () => {
  const journey = await Journey.start()
  const code = journey.newCode()
  const { phone } = await journey.newPhone()
  const { token } = await journey.newInstance()
  const [one, two, three] = [log(code), log(phone), log(token)]
  journey.gateway.output.push(one, two, three, log('harmless'), 'Closing session: { … }')
  await appendFile(join(journey.dataDir, 'planted'), code)

  const failure = await journey[Symbol.asyncDispose]().catch(String)
  expect(failure).toContain(`: ${one}; ${two}; ${three}; Closing session: { … }; file planted`)
  expect(failure).not.toContain('harmless')
})
