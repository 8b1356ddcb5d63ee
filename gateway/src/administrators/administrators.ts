/**
 * Who may use the console, and what proves it.
 *
 * A stranger who reaches the port must not be able to grab the first account, so it is
 * made with a code that the operator reads at the terminal. A wrong name, a
 * wrong password and a wrong one-time code get one and the same answer.
 *
 * A change of what a login needs ends all other logins of the administrator: they
 * were made with less, or by another person.
 */

import { randomUUID } from 'node:crypto'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { type Act, personActor } from '../domain/audit.js'
import type { Role } from '../domain/role.js'
import { addressForLimits } from '../runtime/address.js'
import type { Clock } from '../runtime/clock.js'
import { hashToken, tokensMatch } from '../runtime/token-hash.js'
import * as store from './administrator-store.js'
import type { AuditPort } from './audit-port.js'
import { BrowserMarks } from './browser-marks.js'
import type { LoginSessions } from './login-sessions.js'
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
  readonly audit: AuditPort
  readonly logins: Pick<LoginSessions, 'endOthers'>
}

export interface Administrator {
  readonly id: string
  readonly name: string
  readonly role: Role
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

interface Right {
  readonly kind: 'right'
}

export type Confirmation = Right | { readonly kind: 'wrong' } | HeldUp

export type Enrolment =
  | { readonly kind: 'right'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'wrong' }
  /** It is on already: the one that is has to be switched off first, which takes its code. */
  | { readonly kind: 'on-already' }
  | HeldUp

/** The administrator who is logged in, and where. */
export interface Login {
  readonly id: string
  readonly sessionId: string
  /** IP address. */
  readonly address: string
}

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
  readonly #marks: BrowserMarks

  constructor(options: AdministratorsOptions) {
    this.#options = options
    this.#throttle = new LoginThrottle(options)
    this.#marks = new BrowserMarks(options)
  }

  /**
   * Call at the start, and when all are removed. Gives the code that makes the first
   * administrator, as long as there is none. All nodes of a database give the same one; without
   * nodes no earlier one counts.
   */
  async open(): Promise<string | undefined> {
    if (await this.exist()) return undefined
    const { database, vault } = this.#options
    const code_sealed = vault.seal(Buffer.from(newSpokenCode()), setupContext)
    const kept = await store.keepSetupCode(database.query, code_sealed, database.fence.isOn)
    return this.#read(kept)
  }

  /** Forgets failed logins that count no longer; gives how many counts that were. */
  purge(): Promise<number> {
    return this.#throttle.purge()
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
    const sealed = await store.setupCode(this.#options.database.query)
    if (sealed === undefined || (await this.exist())) return { kind: 'too-late' }
    const caller = { name: setupAccount, address }
    const wait = await this.#throttle.begin(caller)
    if (wait !== undefined) return { kind: 'held-up', retryAfterSeconds: wait }
    if (!tokensMatch(normalSpokenCode(code), hashToken(this.#read(sealed))))
      return { kind: 'wrong' }
    const passwordHash = await this.#passwords.of(password)
    await this.#throttle.succeeded(caller)
    const row = {
      id: randomUUID(),
      name: store.nameOf(name),
      password_hash: passwordHash,
      totp_sealed: null,
      totp_last_step: null,
      created_at: this.#options.clock.now(),
      role: 'administrator',
    } as const
    const { database, audit } = this.#options
    const by = { role: 'visitor', name: row.name, address } as const
    const isMade = await database.transaction(async (transaction) => {
      // Two who know the code do not both make one.
      if (!(await store.useSetupCode(transaction.query, sealed))) return false
      await store.add(transaction.query, row)
      await audit.record({ act: 'administrator-made', by }, transaction)
      return true
    })
    if (!isMade) return { kind: 'too-late' }
    return { kind: 'made', administrator: administratorFrom(row) }
  }

  /** The seconds that a login from there has to wait, whatever its name: to be asked before its body is read. */
  async waitOf(address: string, mark: string | undefined): Promise<number | undefined> {
    return this.#marks.read(mark) === undefined ? this.#throttle.waitOf(address) : undefined
  }

  /** For the browser to keep after a complete login, and to send with the next one. */
  markFor({ id }: Administrator): string {
    return this.#marks.give(id)
  }

  /**
   * `mark` is that of `markFor`, where the browser has one. A browser or an address with an earlier
   * login to the account is not held up by the failures of others. Throws `PasswordsBusyError`.
   */
  async logIn(
    { name, password, code }: Credentials,
    address: string,
    mark?: string,
  ): Promise<LoginResult> {
    const row = await store.findByName(this.#options.database.query, store.nameOf(name))
    const caller = await this.#admitted({ name: store.nameOf(name), address }, row, mark)
    if ('kind' in caller) return caller
    const isStranger = caller.browser === undefined && caller.isKnownAddress !== true
    const isRight = await this.#passwords.matches(password, row?.password_hash, isStranger)
    if (row === undefined) return this.#refuse('unknown name', undefined, address)
    if (!isRight) return this.#refuse('wrong password', row.name, address)
    if (row.totp_sealed !== null) {
      if (code === undefined || code.trim() === '') {
        await this.#throttle.undecided(caller)
        return { kind: 'code-needed' }
      }
      if (!(await this.#takesCode(row, code)))
        return this.#refuse('wrong one-time code', row.name, address)
    }
    await this.#throttle.succeeded(caller)
    return { kind: 'right', administrator: administratorFrom(row) }
  }

  async find(id: string): Promise<Administrator | undefined> {
    const row = await store.findById(this.#options.database.query, id)
    return row && administratorFrom(row)
  }

  /** Throws `PasswordsBusyError`. */
  async changePassword(
    login: Login,
    password: { readonly old: string; readonly new: string },
  ): Promise<Confirmation> {
    const confirmed = await this.#confirm(login, password.old)
    if (confirmed.kind !== 'right') return confirmed
    const hash = await this.#passwords.of(password.new)
    await this.#change(login, 'password-changed', ({ query }) =>
      store.setPassword(query, login.id, hash),
    )
    return { kind: 'right' }
  }

  /** A secret for the app. It counts only once `enrol` has seen a code from it. */
  offerSecondFactor({ name }: Administrator): { readonly secret: string; readonly uri: string } {
    const secret = newTotpSecret()
    return { secret, uri: totpUri(secret, name) }
  }

  /** From then on a login needs a code. The recovery codes cannot be read again. */
  async enrol(
    login: Login,
    wish: { readonly secret: string; readonly code: string; readonly password: string },
  ): Promise<Enrolment> {
    const { vault, clock } = this.#options
    const step = stepOfCode(wish.secret, wish.code, clock.now())
    const confirmed = await this.#confirm(login, wish.password)
    if (confirmed.kind !== 'right') return confirmed
    if (confirmed.row.totp_sealed !== null) return { kind: 'on-already' }
    if (step === undefined) return { kind: 'wrong' }
    const recoveryCodes = newRecoveryCodes()
    const sealed = vault.seal(Buffer.from(wish.secret), totpContext(login.id))
    await this.#change(login, 'second-factor-on', async ({ query }) => {
      await store.setTotp(query, login.id, sealed, recoveryCodes.map(hashToken))
      await store.useStep(query, login.id, step)
    })
    return { kind: 'right', recoveryCodes }
  }

  /** Needs the password and a code of the factor, or a recovery code. */
  async dropSecondFactor(
    login: Login,
    proof: { readonly password: string; readonly code: string },
  ): Promise<Confirmation> {
    const confirmed = await this.#confirm(login, proof.password, proof.code)
    if (confirmed.kind !== 'right') return confirmed
    await this.#change(login, 'second-factor-off', ({ query }) =>
      store.setTotp(query, login.id, null, []),
    )
    return { kind: 'right' }
  }

  /** For a person who is made elsewhere. Throws `PasswordsBusyError`. */
  hashOf(password: string): Promise<string> {
    return this.#passwords.of(password)
  }

  recoveryCodesLeft(id: string): Promise<number> {
    return store.countRecoveryCodes(this.#options.database.query, id)
  }

  /**
   * Asks again for the password of a person who is logged in, and for a one-time code where
   * `code` is given and the factor is on. Under the same throttle, whose count it never resets.
   */
  async #confirm(
    { id, address }: Login,
    password: string,
    code?: string,
  ): Promise<Exclude<Confirmation, Right> | (Right & { readonly row: store.AdministratorRow })> {
    const row = await store.findById(this.#options.database.query, id)
    // There was a login, or this would not be asked.
    const caller: Caller = { name: row?.name ?? '', address, isKnownAddress: true }
    const wait = await this.#throttle.begin(caller)
    if (wait !== undefined) return { kind: 'held-up', retryAfterSeconds: wait }
    const isRight = await this.#passwords.matches(password, row?.password_hash)
    if (row === undefined || !isRight)
      return this.#refuse('wrong password, asked again', row?.name, address)
    if (code !== undefined && !(await this.#takesCode(row, code)))
      return this.#refuse('wrong one-time code, asked again', row.name, address)
    await this.#throttle.undecided(caller)
    return { kind: 'right', row }
  }

  async #change(
    { id, sessionId, address }: Login,
    act: Act,
    change: (transaction: Transaction) => Promise<void>,
  ): Promise<void> {
    const { database, audit, logins } = this.#options
    await database.transaction(async (transaction) => {
      await change(transaction)
      const ended = await logins.endOthers(id, sessionId, transaction)
      const row = await store.findById(transaction.query, id)
      // Removed a moment ago: the change reached no row.
      if (row === undefined) return
      const by = personActor(administratorFrom(row), address)
      const detail = ended === 0 ? undefined : `${ended} other logins ended`
      await audit.record({ act, by, detail }, transaction)
    })
  }

  /** `name`: of an administrator there is. What else was typed there may be a password. */
  async #refuse(
    detail: string,
    name: string | undefined,
    address: string,
  ): Promise<{ readonly kind: 'wrong' }> {
    const by = { role: 'visitor', name, address } as const
    await this.#options.audit.record({ act: 'login-refused', by, detail })
    return { kind: 'wrong' }
  }

  async #admitted(
    stranger: Caller,
    row: store.AdministratorRow | undefined,
    mark: string | undefined,
  ): Promise<Caller | HeldUp> {
    const marked = this.#marks.read(mark)
    const isMarked = marked !== undefined && marked.administratorId === row?.id
    const caller = isMarked ? { ...stranger, browser: marked.browser } : stranger
    const wait = await this.#throttle.begin(caller)
    if (wait === undefined) return caller
    const heldUp: HeldUp = { kind: 'held-up', retryAfterSeconds: wait }
    if (isMarked || row === undefined) return heldUp
    const addresses = await store.loginAddresses(this.#options.database.query, row.id)
    const place = addressForLimits(stranger.address)
    if (!addresses.some((each) => addressForLimits(each) === place)) return heldUp
    const known = { ...stranger, isKnownAddress: true }
    return (await this.#throttle.begin(known)) === undefined ? known : heldUp
  }

  #read(sealedSetupCode: Uint8Array): string {
    return Buffer.from(this.#options.vault.open(sealedSetupCode, setupContext)).toString()
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

const setupContext = 'administrators/setup-code'
const totpContext = (id: string) => `administrator/${id}/totp`

function administratorFrom(row: store.AdministratorRow): Administrator {
  const { id, name } = row
  return { id, name, role: store.roleOf(row), hasSecondFactor: row.totp_sealed !== null }
}
