import { expect, it } from 'vitest'
import { PasswordHashes } from './password-hash.js'

const busy = {
  name: 'PasswordsBusyError',
  code: 'passwords-busy',
  statusCode: 503,
  retryAfterSeconds: 1,
}

it('checks six passwords at once, four of them for strangers, and refuses the next', async () => {
  const hashes = new PasswordHashes()
  const stored = await hashes.of('correct horse battery')
  const check = (isStranger: boolean) => hashes.matches('correct horse battery', stored, isStranger)
  const strangers = Array.from({ length: 4 }, () => check(true))
  await expect(check(true)).rejects.toMatchObject(busy)
  // Without the mark of a stranger it is a person who logged in before.
  const known = [check(false), hashes.matches('correct horse battery', stored)]
  await expect(check(false)).rejects.toMatchObject(busy)
  await expect(hashes.of('another')).rejects.toMatchObject(busy)
  expect(await Promise.all([...strangers, ...known])).toEqual(Array(6).fill(true))
  expect(await check(true)).toBe(true)
})

it('takes the same letters in other bytes as the same password', async () => {
  const hashes = new PasswordHashes()
  const stored = await hashes.of('cafe\u0301 com açúcar')
  expect(await hashes.matches('caf\u00e9 com açúcar', stored)).toBe(true)
  expect(await hashes.matches('cafe com açúcar', stored)).toBe(false)
  expect(await hashes.matches('cafe com açúcar', undefined)).toBe(false)
})

it('takes no password where there is no account', async () => {
  const hashes = new PasswordHashes()
  for (const password of ['no account has this password', ''])
    expect(await hashes.matches(password, undefined)).toBe(false)
})
