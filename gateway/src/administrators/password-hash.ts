/**
 * Passwords of administrators, as Argon2id hashes.
 *
 * A hash takes 19 MiB and some 30 ms of one of libuv's four threads, which the
 * files of the gateway need too. So only a few are computed or wait at once.
 */

import { hash, verify } from '@node-rs/argon2'
import { GatewayError } from '../domain/errors.js'

/** OWASP's second choice of 2024 for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const mostAtOnce = 6
/** The rest is for people who logged in before, so that guessers do not keep them out. */
const mostOfStrangers = 4

export const shortestPassword = 12
export const longestPassword = 200

/** Too many logins are being checked at this moment. Nothing was checked; trying again in a second is safe. */
class PasswordsBusyError extends GatewayError {
  override readonly name = 'PasswordsBusyError'
  readonly code = 'passwords-busy'
  override readonly statusCode = 503
  override readonly retryAfterSeconds = 1
}

export class PasswordHashes {
  #atWork = 0
  #dummy: Promise<string> | undefined

  /** Throws `PasswordsBusyError`. */
  of(password: string): Promise<string> {
    return this.#work(mostAtOnce, () => hash(normal(password), cost))
  }

  /**
   * Whether the password is the one behind `stored`. Without a hash it is no,
   * and takes as long: time must not tell which names exist. Throws `PasswordsBusyError`.
   */
  matches(password: string, stored: string | undefined, isStranger = false): Promise<boolean> {
    const most = isStranger ? mostOfStrangers : mostAtOnce
    return this.#work(most, async () => {
      this.#dummy ??= hash('no account has this password', cost)
      const isRight = await verify(stored ?? (await this.#dummy), normal(password))
      return isRight && stored !== undefined
    })
  }

  async #work<T>(most: number, work: () => Promise<T>): Promise<T> {
    if (this.#atWork >= most)
      throw new PasswordsBusyError('Many are logging in at this moment. Try again.')
    this.#atWork += 1
    try {
      return await work()
    } finally {
      this.#atWork -= 1
    }
  }
}

/** Two keyboards may write the same letter in different bytes. */
function normal(password: string): string {
  return password.normalize('NFKC')
}
