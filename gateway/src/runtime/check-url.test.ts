import { describe, expect, it } from 'vitest'
import { ForbiddenUrlError } from '../domain/errors.js'
import { createAddressRule } from './address-rule.js'
import { checkUrl } from './check-url.js'

const isAllowedAddress = createAddressRule([])

describe('checkUrl', () => {
  it.each([
    ['ftp://example.com/', 'starts with https:// or http://'],
    ['example.com/hook', 'not a complete URL'],
    ['https://user:secret@example.com/', 'user name or a password'],
    ['https://127.1/hook', 'not on the public internet'],
    ['https://[::1]/hook', 'not on the public internet'],
    ['https://0x0a000001/hook', 'not on the public internet'],
    ['https://localhost/hook', 'not on the public internet'],
    ['https://x.localhost./hook', 'not on the public internet'],
    ['https://169.254.169.254/latest/meta-data', 'not on the public internet'],
  ])('refuses %s and does not quote it', (url, words) => {
    const check = () => checkUrl(url, { isAllowedAddress, allowHttp: true })
    expect(check).toThrow(ForbiddenUrlError)
    expect(check).toThrow(words)
    expect(check).not.toThrow(/example|secret|latest/)
  })

  it('wants https unless plain http will do', () => {
    const url = 'http://example.com/hook'
    expect(() => checkUrl(url, { isAllowedAddress, allowHttp: false })).toThrow('https://')
    expect(checkUrl(url, { isAllowedAddress, allowHttp: true }).href).toBe(url)
  })

  it('leaves names to the moment of the call', () => {
    const url = 'https://internal.example.com/hook?token=1'
    expect(checkUrl(url, { isAllowedAddress, allowHttp: false }).href).toBe(url)
  })

  it('lets a literal address of an allowed network pass', () => {
    const rule = { isAllowedAddress: createAddressRule(['127.0.0.0/8']), allowHttp: true }
    expect(checkUrl('http://127.0.0.1:8080/hook', rule).port).toBe('8080')
    expect(checkUrl('http://localhost:8080/hook', rule).port).toBe('8080')
  })
})
