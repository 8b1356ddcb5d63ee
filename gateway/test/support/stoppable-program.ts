/**
 * A program beside the gateway, in a process of its own, that can be made to
 * stand still (SIGSTOP): the kernel still takes its connections and what is
 * written to it, but it is not read until the program goes on.
 *
 * It speaks in lines of JSON: first where it is, then what it has to tell.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

type Line = Readonly<Record<string, unknown>>

export class StoppableProgram implements AsyncDisposable {
  /** Everything after the first line, as far as it came. */
  readonly told: Line[] = []
  readonly #child: ChildProcess
  #place: Line | undefined

  private constructor(program: URL, args: readonly string[]) {
    const command = ['--import', 'tsx', fileURLToPath(program), ...args]
    this.#child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  }

  /** Resolves when it has said where it is. */
  static async start(program: URL, args: readonly string[] = []): Promise<StoppableProgram> {
    const started = new StoppableProgram(program, args)
    await started.#begun()
    return started
  }

  /** What it named in its first line. */
  placeOf(name: string): string {
    return String(this.#place?.[name])
  }

  /** It does nothing more from here on. */
  stop(): void {
    this.#child.kill('SIGSTOP')
  }

  goOn(): void {
    this.#child.kill('SIGCONT')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit')
    // Ends also who stands still.
    this.#child.kill('SIGKILL')
    await ended
  }

  #begun(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { stdout } = this.#child
      if (stdout === null) throw new Error('the output of the program is not piped')
      createInterface({ input: stdout }).on('line', (line) => {
        const said = JSON.parse(line) as Line
        if (this.#place !== undefined) return void this.told.push(said)
        this.#place = said
        resolve()
      })
      this.#child.once('exit', () => reject(new Error('the program ended before it began')))
    })
  }
}
