/**
 * Who may use the console, and what proves it: the front door of this room.
 *
 * Whoever reaches the port must not be able to grab the first account, so it is
 * made with a code that the operator reads at the terminal. A wrong name, a
 * wrong password and a wrong one-time code get one and the same answer.
 */

import { randomUUID } from 'node:crypto'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Clock } from '../runtime/clock.js'
import { hashToken, tokensMatch } from '../runtime/token-hash.js'
import * as store from './administrator-store.js'
import { type Caller, LoginThrottle } from './login-throttle.js'
import { PasswordHashes } from './password-hash.js'
import {
  newRecoveryCodes,
  newSpokenCode,
  newTotpSecret,
  normalSpokenCode,
  stepOfCode,
  totpUri,
} from './second-factor.js'

export interface AdministratorsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
}

export interface Administrator {
  readonly id: string
  readonly name: string
  readonly hasSecondFactor: boolean
}

/** `held-up`: too many tries failed; nothing was looked at. */
interface HeldUp {
  readonly kind: 'held-up'
  readonly retryAfterSeconds: number
}

export type LoginResult =
  | { readonly kind: 'right'; readonly administrator: Administrator }
  | { readonly kind: 'wrong' }
  /** Name and password are right, and a one-time code is needed too. */
  | { readonly kind: 'code-needed' }
  | HeldUp

export type SetupResult =
  | { readonly kind: 'made'; readonly administrator: Administrator }
  | { readonly kind: 'wrong' }
  /** There is an administrator already. */
  | { readonly kind: 'too-late' }
  | HeldUp

export type Confirmation = { readonly kind: 'right' } | { readonly kind: 'wrong' } | HeldUp

export interface Credentials {
  readonly name: string
  readonly password: string
  /** From the app, or a recovery code. */
  readonly code?: string | undefined
}

/** Stands in the throttle where no account is meant. */
const setupAccount = ' setup'

export class Administrators {
  readonly #options: AdministratorsOptions
  readonly #passwords = new PasswordHashes()
  readonly #throttle: LoginThrottle
  #setupCodeHash = ''

  constructor(options: AdministratorsOptions) {
    this.#options = options
    this.#throttle = new LoginThrottle(options.clock)
  }

  /**
   * Call at the start, and when all are removed. Gives the code that makes the first
   * administrator, as long as there is none; nobody can read it again, and no earlier one counts.
   */
  async open(): Promise<string | undefined> {
    if (await this.exist()) return undefined
    const code = newSpokenCode()
    this.#setupCodeHash = hashToken(code)
    return code
  }

  exist(): Promise<boolean> {
    return store.anyAdministrator(this.#options.database.query)
  }

  /** `name` and `password` as the caller checked them. Throws `PasswordsBusyError`. */
  async setUp(
    code: string,
    { name, password }: Credentials,
    address: string,
  ): Promise<SetupResult> {
    if (await this.exist()) return { kind: 'too-late' }
    const caller = { name: setupAccount, address }
    const wait = this.#throttle.begin(caller)
    if (wait !== undefined) return { kind: 'held-up', retryAfterSeconds: wait }
    if (!tokensMatch(normalSpokenCode(code), this.#setupCodeHash)) return { kind: 'wrong' }
    const passwordHash = await this.#passwords.of(password)
    this.#throttle.succeeded(caller)
    // Taken before the next wait, so that two who know the code do not both make one.
    if (this.#setupCodeHash === '') return { kind: 'too-late' }
    const used = this.#setupCodeHash
    this.#setupCodeHash = ''
    const row = {
      id: randomUUID(),
      name: nameOf(name),
      password_hash: passwordHash,
      totp_sealed: null,
      totp_last_step: null,
      created_at: this.#options.clock.now(),
    }
    try {
      await store.add(this.#options.database.query, row)
    } catch (cause) {
      this.#setupCodeHash = used
      throw cause
    }
    return { kind: 'made', administrator: administratorFrom(row) }
  }

  /** Throws `PasswordsBusyError`. */
  async logIn({ name, password, code }: Credentials, address: string): Promise<LoginResult> {
    const caller = { name: nameOf(name), address }
    const wait = this.#throttle.begin(caller)
    if (wait !== undefined) return { kind: 'held-up', retryAfterSeconds: wait }
    const row = await store.findByName(this.#options.database.query, caller.name)
    const isRight = await this.#passwords.matches(password, row?.password_hash)
    if (row === undefined || !isRight) return { kind: 'wrong' }
    if (row.totp_sealed !== null) {
      if (code === undefined || code.trim() === '') {
        this.#throttle.succeeded(caller)
        return { kind: 'code-needed' }
      }
      if (!(await this.#takesCode(row, code))) return { kind: 'wrong' }
    }
    this.#throttle.succeeded(caller)
    return { kind: 'right', administrator: administratorFrom(row) }
  }

  async find(id: string): Promise<Administrator | undefined> {
    const row = await store.findById(this.#options.database.query, id)
    return row && administratorFrom(row)
  }

  /** Ends no session: that is for the caller to do. Throws `PasswordsBusyError`. */
  async changePassword(
    id: string,
    password: { readonly old: string; readonly new: string },
    address: string,
  ): Promise<Confirmation> {
    const confirmed = await this.#confirm(id, password.old, address)
    if (confirmed.kind !== 'right') return confirmed
    const hash = await this.#passwords.of(password.new)
    await store.setPassword(this.#options.database.query, id, hash)
    return confirmed
  }

  /** A secret for the app. It counts only once `enrol` has seen a code from it. */
  offerSecondFactor({ name }: Administrator): { readonly secret: string; readonly uri: string } {
    const secret = newTotpSecret()
    return { secret, uri: totpUri(secret, name) }
  }

  /** From then on a login needs a code. The recovery codes can not be read again. */
  async enrol(
    id: string,
    wish: { readonly secret: string; readonly code: string; readonly password: string },
    address: string,
  ): Promise<
    | Exclude<Confirmation, { kind: 'right' }>
    | { readonly kind: 'right'; readonly recoveryCodes: readonly string[] }
  > {
    const { database, vault, clock } = this.#options
    const step = stepOfCode(wish.secret, wish.code, clock.now())
    const confirmed = await this.#confirm(id, wish.password, address)
    if (confirmed.kind !== 'right') return confirmed
    if (step === undefined) return { kind: 'wrong' }
    const recoveryCodes = newRecoveryCodes()
    const sealed = vault.seal(Buffer.from(wish.secret), totpContext(id))
    await database.transaction(async ({ query }) => {
      await store.setTotp(query, id, sealed, recoveryCodes.map(hashToken))
      await store.useStep(query, id, step)
    })
    return { kind: 'right', recoveryCodes }
  }

  async dropSecondFactor(id: string, password: string, address: string): Promise<Confirmation> {
    const confirmed = await this.#confirm(id, password, address)
    if (confirmed.kind !== 'right') return confirmed
    await this.#options.database.transaction(({ query }) => store.setTotp(query, id, null, []))
    return confirmed
  }

  recoveryCodesLeft(id: string): Promise<number> {
    return store.countRecoveryCodes(this.#options.database.query, id)
  }

  /** Asks again for the password of somebody who is logged in, under the same throttle. */
  async #confirm(id: string, password: string, address: string): Promise<Confirmation> {
    const row = await store.findById(this.#options.database.query, id)
    const caller: Caller = { name: row?.name ?? '', address }
    const wait = this.#throttle.begin(caller)
    if (wait !== undefined) return { kind: 'held-up', retryAfterSeconds: wait }
    if (!(await this.#passwords.matches(password, row?.password_hash))) return { kind: 'wrong' }
    this.#throttle.succeeded(caller)
    return { kind: 'right' }
  }

  async #takesCode(row: store.AdministratorRow, code: string): Promise<boolean> {
    const { database, vault, clock } = this.#options
    if (row.totp_sealed === null) return true
    const secret = Buffer.from(vault.open(row.totp_sealed, totpContext(row.id))).toString()
    const step = stepOfCode(secret, code, clock.now())
    if (step !== undefined) return store.useStep(database.query, row.id, step)
    return store.useRecoveryCode(database.query, row.id, hashToken(normalSpokenCode(code)))
  }
}

const totpContext = (id: string) => `administrator/${id}/totp`

/** People do not remember how they wrote their name. */
function nameOf(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase()
}

function administratorFrom(row: store.AdministratorRow): Administrator {
  return { id: row.id, name: row.name, hasSecondFactor: row.totp_sealed !== null }
}
