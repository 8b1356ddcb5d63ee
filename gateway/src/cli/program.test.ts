/** The commands against a gateway that really listens. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askedPasskey } from '../../test/support/stand-in-passkeys.js'
import {
  clientToken,
  openZapiStage,
  partnerToken,
  type ZapiStage,
} from '../../test/support/zapi-stage.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { patience } from '../../test/support/patience.js'
import { readConfig } from '../config.js'
import { PairingError } from '../domain/errors.js'
import { createProgram } from './program.js'

let stage: ZapiStage
let url: string
const clock = new ManualClock()

beforeEach(async () => {
  stage = await openZapiStage()
  url = await stage.app.listen({ port: 0, host: '127.0.0.1' })
})

afterEach(() => stage[Symbol.asyncDispose]())

interface Run {
  readonly printed: string[]
  readonly ended: Promise<unknown>
}

/** Runs one command; `environment` replaces the one in which everything is set. */
function begin(args: readonly string[], environment?: Record<string, string>, says?: boolean): Run {
  const printed: string[] = []
  const variables = environment ?? {
    // Commands pass by the proxy, which keeps the operator's calls inside.
    RECADO_PUBLIC_URL: 'http://127.0.0.1:1',
    RECADO_PORT: new URL(url).port,
    RECADO_CLIENT_TOKEN: clientToken,
    RECADO_PARTNER_TOKEN: partnerToken,
  }
  const program = createProgram({
    version: '1.2.3',
    readConfig: () =>
      readConfig(variables, () => {
        throw new Error('no files here')
      }),
    start: async () => void printed.push('started'),
    print: (text) => void printed.push(text),
    clock,
    confirm: async (question) => {
      printed.push(question)
      return says
    },
    askSecret: async () => {
      throw new Error('there is no terminal to ask at')
    },
  })
  return { printed, ended: program.parseAsync(args, { from: 'user' }) }
}

async function run(args: readonly string[], environment?: Record<string, string>): Promise<string> {
  const { printed, ended } = begin(args, environment)
  await ended
  return printed.join('\n')
}

describe('recado start', () => {
  it('starts with a configuration that was checked', async () => {
    expect(await run(['start'], {})).toBe('started')
    await expect(run(['start'], { RECADO_PORT: 'x' })).rejects.toThrow('RECADO_PORT')
  })
})

describe('recado instance create', () => {
  it('shows what is needed to use the instance', async () => {
    const text = await run(['instance', 'create', '--name', 'Padaria'])
    const created = (await stage.instances.list()).find(({ name }) => name === 'Padaria')
    if (created === undefined) throw new Error('there is no such instance')
    const { id } = created
    const token = await stage.instances.tokenOf(id)
    expect(text).toContain(`Instance       ${id}\n`)
    expect(text).toContain(`Token          ${token}\n`)
    expect(text).toContain(`recado pair ${id}`)
  })

  it('takes the id and the token that the instance has elsewhere', async () => {
    const [id, token] = ['39BB684570F00E91090F6BBC7EE7366B', '4DF000AE3F44B4CAA05A6EED']
    const args = ['instance', 'create', '--name', 'Padaria', '--id', id, '--token', token]
    expect(await run(args)).toContain(`Instance       ${id}\nToken          ${token}\n`)
    expect(await stage.instances.authenticate(id, token)).toMatchObject({ name: 'Padaria' })
    await expect(run(args)).rejects.toThrow('Another instance has this id')
  })

  it('gives scripts one line of JSON', async () => {
    const text = await run(['instance', 'create', '--name', 'Padaria', '--json'])
    expect(JSON.parse(text)).toMatchObject({ id: expect.any(String), token: expect.any(String) })
  })
})

describe('recado instance list', () => {
  it('shows every instance, and no token', async () => {
    for (let i = 0; i < 101; i++) await stage.instances.create({ name: `Loja ${i}` })
    stage.sessions.connected.add(stage.instance.id)
    const text = await run(['instance', 'list'])
    expect(text.split('\n')).toHaveLength(102)
    expect(text).toContain(`${stage.instance.id}  connected      Loja`)
    expect(text).toContain('not connected  Loja 100')
    expect(text).not.toContain(stage.token)
  })

  it('says why one is not connected, and what helps where a person has to act', async () => {
    const { id } = stage.instance
    stage.sessions.away.set(id, { reason: 'name-not-found', since: 0, detail: 'ENOTFOUND' })
    expect(await run(['instance', 'list'])).toBe(`${id}  name-not-found  Loja`)
    stage.sessions.away.set(id, { reason: 'banned', since: 0 })
    const lines = (await run(['instance', 'list'])).split('\n').map((line) => line.trim())
    expect(lines).toEqual([
      `${id}  banned         Loja`,
      'WhatsApp blocked this number.',
      expect.stringContaining('Do not pair the number again.'),
      `→ recado instance reconnect ${id}`,
    ])
  })

  it('gives scripts one line of JSON', async () => {
    expect(JSON.parse(await run(['instance', 'list', '--json']))).toEqual([
      { id: stage.instance.id, name: 'Loja', connected: false },
    ])
  })
})

/** One failed callback. Gives its webhook-id. */
async function giveUp(): Promise<string> {
  const { id: instanceId } = stage.instance
  await stage.put('update-every-webhooks', { value: 'https://example.org/a-secret' })
  await stage.database.transaction((transaction) =>
    stage.webhooks.publish(
      { kind: 'instance.connected', instanceId, occurredAt: 0, phone: '55', business: false },
      transaction,
    ),
  )
  const change = { status: 'dead', last_error: 'HTTP 410' } as const
  await stage.database.query.updateTable('delivery').set(change).execute()
  const { id } = await stage.database.query
    .selectFrom('delivery')
    .select('id')
    .executeTakeFirstOrThrow()
  return id
}

describe('recado callbacks', () => {
  it('lists what was given up, and of its URL the host only', async () => {
    expect(await run(['callbacks', 'list', stage.instance.id])).toContain('No callback')
    const id = await giveUp()
    const text = await run(['callbacks', 'list', stage.instance.id])
    expect(text).toMatch(new RegExp(`^${id}  .*ConnectedCallback  HTTP 410  example.org$`, 'u'))
    expect(await run(['callbacks', 'list', stage.instance.id, '--since', '2999-01-01'])).toContain(
      'No callback',
    )
  })

  it('shows one, with its body if that is asked for', async () => {
    const id = await giveUp()
    expect(await run(['callbacks', 'show', stage.instance.id, id])).not.toContain('body')
    const text = await run(['callbacks', 'show', stage.instance.id, id, '--body'])
    expect(JSON.parse(text)).toMatchObject({ id, body: { type: 'ConnectedCallback' } })
  })

  it('sends one again, or all since a time', async () => {
    const id = await giveUp()
    await expect(run(['callbacks', 'replay', stage.instance.id])).rejects.toThrow('--since')
    expect(await run(['callbacks', 'replay', stage.instance.id, id])).toContain('again')
    await expect(run(['callbacks', 'replay', stage.instance.id, id])).rejects.toThrow('409')
    await giveUp()
    const all = ['callbacks', 'replay', stage.instance.id, '--since', '1970-01-01']
    expect(await run(all)).toBe('Being sent again: 2')
  })
})

describe('recado pair', () => {
  it('draws each new QR once, until the phone has scanned one', async () => {
    const { printed, ended } = begin(['pair', stage.instance.id])
    await clock.sleepers()
    expect(printed.join('')).toContain('▄')
    const first = printed.length
    await clock.advance(1500)
    await clock.sleepers()
    expect(printed).toHaveLength(first)

    stage.sessions.qrText = '2@another,one'
    await clock.advance(1500)
    await clock.sleepers()
    expect(printed).toHaveLength(first * 2)
    expect(printed[first + 1]).not.toBe(printed[1])

    stage.sessions.connected.add(stage.instance.id)
    await clock.advance(1500)
    await ended
    expect(printed.at(-1)).toBe('Connected.')
  })

  it('shows a code to type, asked for once', async () => {
    const { printed, ended } = begin(['pair', stage.instance.id, '--code', '+55 11 99999-9999'])
    await clock.sleepers()
    expect(printed.join('\n')).toContain('The code is A1B2C3D4')
    await clock.advance(1500)
    await clock.sleepers()
    stage.sessions.connected.add(stage.instance.id)
    await clock.advance(1500)
    await ended
    expect(stage.sessions.pairedPhones).toEqual(['5511999999999'])
    expect(printed.at(-1)).toBe('Connected.')
  })

  it('goes on when WhatsApp gives no code at first', async () => {
    stage.sessions.failure = new PairingError('WhatsApp gave no QR code in time. Try again.')
    const { printed, ended } = begin(['pair', stage.instance.id])
    await clock.sleepers()
    await clock.advance(1500)
    await clock.sleepers()
    expect(printed).toEqual(['WhatsApp gave no QR code in time. Try again.'])
    stage.sessions.failure = undefined
    await clock.advance(1500)
    await clock.sleepers()
    expect(printed.join('')).toContain('▄')
    stage.sessions.connected.add(stage.instance.id)
    await clock.advance(1500)
    await ended
  })

  it('has nothing to do for an instance that is connected', async () => {
    stage.sessions.connected.add(stage.instance.id)
    expect(await run(['pair', stage.instance.id])).toBe('Connected.')
  })

  it('ends with an error when no person answers', async () => {
    const { ended } = begin(['pair', stage.instance.id])
    const failure = ended.catch(String)
    await clock.sleepers()
    await clock.advance(300_000)
    expect(await failure).toContain('No phone linked the instance')
  })

  it('says how to find the right id', async () => {
    await expect(run(['pair', 'XYZ'])).rejects.toThrow(
      'There is no instance XYZ. "recado instance list"',
    )
  })
})

describe('recado instance status', () => {
  it('is content with one that is connected', async () => {
    stage.sessions.connected.add(stage.instance.id)
    expect(await run(['instance', 'status', stage.instance.id])).toBe('Connected.')
  })

  it('tells the cause, the cure and the command, and fails', async () => {
    const { id } = stage.instance
    const until = Date.UTC(2026, 11, 1)
    stage.sessions.away.set(id, { reason: 'suspended', since: 0, until })
    const { printed, ended } = begin(['instance', 'status', id])
    await expect(ended).rejects.toThrow('Not connected: suspended.')
    expect(printed).toEqual([
      'WhatsApp blocked this number for a while.',
      'It ends at 2026-12-01T00:00:00.000Z.',
      expect.stringContaining('→ Open WhatsApp on the phone'),
      `→ recado instance reconnect ${id}`,
    ])
    stage.sessions.away.clear()
    await expect(run(['instance', 'status', id])).rejects.toThrow(`recado pair ${id}`)
  })
})

describe('recado instance reconnect', () => {
  it('restores the session and says that it is connected', async () => {
    stage.sessions.replaced.add(stage.instance.id)
    expect(await run(['instance', 'reconnect', stage.instance.id])).toBe('Connected.')
  })
})

describe('recado pair, of a number that WhatsApp asks for its passkey', () => {
  it.each([true, false])(
    'prints the steps and tells whether the codes are the same: %s',
    async (same) => {
      const { linking } = stage.sessions
      const { printed, ended } = begin(['pair', stage.instance.id], undefined, same)
      await clock.sleepers()
      linking.heard(askedPasskey)
      await clock.advance(1500)
      await vi.waitFor(
        () => expect(printed.join('\n')).toMatch(/console\/passkey#[\w-]{22}$/mu),
        patience,
      )
      await clock.sleepers()
      linking.heard({ kind: 'phone', deadline: 1 })
      await clock.advance(1500)
      await vi.waitFor(() => expect(printed.at(-1)).toContain('confirm on the phone'), patience)
      await clock.sleepers()
      linking.heard({ kind: 'code', code: 'ABCD-EFGH', deadline: 1 })
      await clock.advance(1500)
      await vi.waitFor(() => expect(stage.sessions.compared).toEqual([same]), patience)
      expect(printed).toContain('The phone must show this code: ABCD-EFGH')
      await clock.sleepers()
      linking.linked()
      stage.sessions.connected.add(stage.instance.id)
      await clock.advance(1500)
      await ended
      expect(printed.at(-1)).toBe('Connected.')
    },
  )

  it('says why it failed and what to try next, and shows another QR', async () => {
    const { linking } = stage.sessions
    const { printed, ended } = begin(['pair', stage.instance.id])
    await clock.sleepers()
    linking.heard(askedPasskey)
    await clock.advance(1500)
    await vi.waitFor(() => expect(printed.at(-1)).toContain('console/passkey'), patience)
    await clock.sleepers()
    linking.heard({ kind: 'failed', reason: 'phone-silent' })
    await clock.advance(1500)
    await vi.waitFor(() => expect(printed.at(-1)).toMatch(/[▀▄█]{10}/u), patience)
    expect(printed.join('\n')).toContain('Keep WhatsApp open on the phone')
    stage.sessions.connected.add(stage.instance.id)
    await clock.sleepers()
    await clock.advance(1500)
    await ended
  })
})

describe('recado pair, of a number that a person has to look after first', () => {
  it('shows no QR but the cause, unless it is told --again', async () => {
    const { id } = stage.instance
    stage.sessions.away.set(id, { reason: 'banned', since: 0 })
    const { printed, ended } = begin(['pair', id])
    await expect(ended).rejects.toThrow(/blocked this number[^]*reconnect[^]*--again/u)
    expect(printed).toEqual([])

    const again = begin(['pair', id, '--again'])
    await clock.sleepers()
    expect(again.printed.join('')).toContain('▄')
    stage.sessions.connected.add(id)
    await clock.advance(1500)
    await again.ended
    expect(again.printed.at(-1)).toBe('Connected.')
  })
})

describe('a command that cannot work says the cure', () => {
  const list = ['instance', 'list']

  it('without a token', async () => {
    await expect(run(list, { RECADO_PORT: new URL(url).port })).rejects.toThrow(
      'RECADO_PARTNER_TOKEN is not set',
    )
    await expect(
      run(['pair', stage.instance.id], {
        RECADO_PORT: new URL(url).port,
        RECADO_PARTNER_TOKEN: partnerToken,
      }),
    ).rejects.toThrow('RECADO_CLIENT_TOKEN is not set')
  })

  it('with a wrong token, without repeating it', async () => {
    const wrongPartner = { RECADO_PORT: new URL(url).port, RECADO_PARTNER_TOKEN: 'nearly-right' }
    await expect(run(list, wrongPartner)).rejects.toThrow(
      /does not accept this RECADO_PARTNER_TOKEN/u,
    )
    const wrongClient = {
      RECADO_PORT: new URL(url).port,
      RECADO_PARTNER_TOKEN: partnerToken,
      RECADO_CLIENT_TOKEN: 'nearly-right',
    }
    const error = await run(['pair', stage.instance.id], wrongClient).catch(String)
    expect(error).toContain('does not accept this RECADO_CLIENT_TOKEN')
    expect(error).not.toContain('nearly-right')
  })

  it('without a gateway', async () => {
    await stage.app.close()
    await expect(run(list)).rejects.toThrow(`No gateway answers at ${url}. Start one`)
  })

  it('without an address', async () => {
    const environment = { RECADO_PORT: '0', RECADO_PARTNER_TOKEN: partnerToken }
    await expect(run(list, environment)).rejects.toThrow('Name it with --url')
    await expect(run([...list, '--url', 'nowhere'], environment)).rejects.toThrow('--url must be')
  })

  it('with --url, which goes before the environment', async () => {
    const environment = {
      RECADO_PORT: '1',
      RECADO_PARTNER_TOKEN: partnerToken,
    }
    expect(await run([...list, '--url', `${url}/`], environment)).toContain(stage.instance.id)
  })
})
