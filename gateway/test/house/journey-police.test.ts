/** Every journey searches what its gateway wrote. Here it is shown that the search finds. */

import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Journey } from '../support/journey.js'

test('a journey fails on a code, a number and a token in the log, and on a code in a file', async () => {
  const journey = await Journey.start()
  const code = journey.newCode()
  const { phone } = await journey.newPhone()
  const { token } = await journey.newInstance()
  journey.gateway.output.push(`a ${code}`, `b ${phone}`, `c ${token}`, 'd harmless')
  await appendFile(join(journey.dataDir, 'planted'), code)

  const failure = await journey[Symbol.asyncDispose]().catch(String)
  expect(failure).toMatch(new RegExp(`: a ${code}; b ${phone}; c ${token}; file planted$`))
})
