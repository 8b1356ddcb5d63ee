/**
 * An administrator of the sandbox's console from the first moment, so that a
 * person only has to log in. A real gateway has no such thing: there, who reads
 * the set-up code at the terminal chooses name and password.
 */

import { randomInt } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sandbox } from './sandbox.js'

export interface ConsoleLogin {
  readonly name: string
  readonly password: string
}

const name = 'sandbox'

/**
 * Makes the administrator with the set-up code. A sandbox that is started again
 * in its `dataDir` has one already: the login is kept there. `undefined` when
 * another person made the administrator, and so knows the password.
 */
export async function openConsole(
  sandbox: Pick<Sandbox, 'gateway' | 'setupCode'>,
  dataDir: string | undefined,
): Promise<ConsoleLogin | undefined> {
  const kept = dataDir === undefined ? undefined : join(dataDir, 'console-password')
  const { setupCode } = sandbox
  if (setupCode === undefined) {
    const password = kept && (await readFile(kept, 'utf8').catch(() => undefined))
    return password === undefined ? undefined : { name, password }
  }
  const login = { name, password: newPassword() }
  // First: a password that was not kept opens nothing any more.
  if (kept !== undefined) await writeFile(kept, login.password, { mode: 0o600 })
  const api = `${sandbox.gateway.url}/console/api`
  const cookie = await post(`${api}/set-up`, { ...login, setupCode })
  // Only a person's own logins are listed in the console then.
  await post(`${api}/log-out`, {}, cookie)
  return login
}

/** Gives the cookie that came with the answer. */
async function post(url: string, body: object, cookie = ''): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-recado-console': '1', cookie }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`The console answered ${response.status} at its set-up.`)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** 60 random bits, to be typed without a mistake: `abcd-efgh-jkmn`. */
function newPassword(): string {
  const text = Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')
  return text.replace(/(.{4})(?=.)/gu, '$1-')
}
