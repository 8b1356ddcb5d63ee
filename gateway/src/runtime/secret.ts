/**
 * A value that must not be seen: whatever prints, logs or serialises it gets a
 * placeholder. Only `reveal` gives it away, which is easy to search for.
 */

import { inspect } from 'node:util'

const placeholder = '[secret]'

export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return placeholder
  }

  toJSON(): string {
    return placeholder
  }

  [inspect.custom](): string {
    return placeholder
  }
}
