/** A log that a test can wait on: outcomes are events. */

import type { Log, LogFields } from '../../src/runtime/telemetry.js'

export interface LoggedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly event: string
  readonly fields: LogFields
}

export class EventLog implements Log {
  readonly lines: LoggedLine[] = []
  readonly #watchers = new Set<() => void>()

  debug(event: string, fields: LogFields = {}): void {
    this.#write({ level: 'debug', event, fields })
  }

  info(event: string, fields: LogFields = {}): void {
    this.#write({ level: 'info', event, fields })
  }

  warn(event: string, fields: LogFields = {}): void {
    this.#write({ level: 'warn', event, fields })
  }

  error(event: string, fields: LogFields = {}): void {
    this.#write({ level: 'error', event, fields })
  }

  count(event: string): number {
    return this.lines.filter((line) => line.event === event).length
  }

  /** Resolves as soon as the event was logged `count` times in all. */
  async until(event: string, count = 1): Promise<void> {
    while (this.count(event) < count) {
      await new Promise<void>((look) => this.#watchers.add(look))
    }
  }

  #write(line: LoggedLine): void {
    this.lines.push(line)
    for (const look of this.#watchers) look()
    this.#watchers.clear()
  }
}
