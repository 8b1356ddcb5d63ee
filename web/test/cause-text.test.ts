import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { heldUp } from '../../gateway/src/console/refusals.js'
import {
  RestrictedError,
  TooManyCodesError,
  WaitingBytesError,
  WouldExpireError,
} from '../../gateway/src/domain/errors.js'
import { explainHttpError } from '../../gateway/src/http/error-reply.js'
import { causeText, portugueseOf } from '../console/cause-text.js'

const routes = fileURLToPath(new URL('../../gateway/src/console/', import.meta.url))

describe('a cause in Portuguese', () => {
  test('is there for every fixed text with which the console refuses', async () => {
    const names = (await readdir(routes)).filter((name) => /(?<!\.test)\.ts$/u.test(name))
    const sources = await Promise.all(names.map((name) => readFile(join(routes, name), 'utf8')))
    const refused = /new RefusedError\(\s*\d{3},\s*'([^']+)'/gu
    const texts = sources.flatMap((source) => [...source.matchAll(refused)].map(([, text]) => text))
    expect(texts.length).toBeGreaterThan(15)
    expect(texts.filter((text = '') => portugueseOf(text) === undefined)).toEqual([])
  })

  test('keeps the figures of the refusals that have some', () => {
    const errors = [
      [heldUp(7), /7 segundos/u],
      [new TooManyCodesError(31), /31 segundos/u],
      [new WouldExpireError({ waitMs: 90_000, lifeMs: 60_000 }), /90 segundos.*expira em 60/u],
      [new RestrictedError(1_796_000_000_000, 0), /conversas novas até 2026-/u],
      [new WaitingBytesError(20 * 1_048_576), /20 MiB/u],
    ] as const
    for (const [{ message }, said] of errors) expect(portugueseOf(message)).toMatch(said)
  })

  test('names the attribute that is wrong', () => {
    const problems = [
      ['required', { missingProperty: 'message' }, '', 'message é obrigatório.'],
      ['maxLength', { limit: 9 }, '/code', 'code pode ter no máximo 9 caracteres.'],
      ['minLength', { limit: 1 }, '/code', 'code não pode ficar vazio.'],
      ['minimum', { limit: 1 }, '/delay', 'delay precisa ser pelo menos 1.'],
      ['maximum', { limit: 5 }, '/delay', 'delay pode ser no máximo 5.'],
      ['minItems', { limit: 1 }, '/poll', 'poll precisa ter pelo menos: 1.'],
      ['maxItems', { limit: 12 }, '/poll', 'poll pode ter no máximo: 12.'],
      ['enum', { allowedValues: ['a', 'b'] }, '/kind', 'kind precisa ser um destes: a, b.'],
      ['type', { type: 'string' }, '/message', 'message precisa ser do tipo string.'],
    ] as const
    for (const [keyword, params, instancePath, said] of problems) {
      const validation = [{ keyword, params, instancePath, schemaPath: '' }]
      const { text = '' } =
        explainHttpError(Object.assign(new Error(), { code: '', name: '', validation })) ?? {}
      expect(portugueseOf(text)).toBe(said)
    }
  })

  test('is there for what the audit log says of a key', () => {
    const begin = '6dd5493cf311 read+send, '
    expect(portugueseOf(`${begin}instances: all`)).toBe(`${begin}instâncias: todas`)
    expect(portugueseOf(`${begin}instances: 12`)).toBe(`${begin}instâncias: 12`)
  })

  test('stays English where none is known, and in English', () => {
    const text = 'dayOfWeek is no day'
    expect(portugueseOf(text)).toBeUndefined()
    expect(causeText({ language: 'pt' }, text)).toBe(text)
    expect(causeText({ language: 'pt' }, 'Invalid phone')).toBe('Telefone inválido.')
    expect(causeText({ language: 'en' }, 'Invalid phone')).toBe('Invalid phone')
  })
})
