/**
 * ffmpeg, where it is on the PATH: for the pictures of videos, and to convert what phones do not play.
 *
 * Its input comes from strangers. So it is told the format and never guesses it (a playlist would name
 * other files), may open nothing but what it is handed, sees no variable of this process, and runs
 * alone, with one thread, at low priority, within a time.
 */

import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'

export interface FfmpegRun {
  /** Everything between the program and the output. The input is `pipe:0`, or `/dev/fd/3`. */
  readonly args: readonly string[]
  readonly stdin?: Uint8Array
  /** File descriptors, as 3, 4, … */
  readonly files?: readonly number[]
  /** Called with each part of what it writes to `pipe:1`. */
  readonly onOutput?: (chunk: Buffer) => void
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** It did not do what it was asked. The same again will end the same way. */
export class FfmpegError extends Error {
  override readonly name = 'FfmpegError'
  readonly code = 'ffmpeg-failed'
}

const quiet = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-threads', '1']
/** Of what it complains about, this much is read. */
const complaintBytes = 2_000

export class Ffmpeg {
  readonly #path: string
  #isThere: Promise<boolean> | undefined
  #last: Promise<unknown> = Promise.resolve()

  /** @param path where programs are, as in the variable PATH */
  constructor(path: string) {
    this.#path = path
  }

  /** Asked once. */
  isThere(): Promise<boolean> {
    this.#isThere ??= this.#start({
      args: ['-version'],
      timeoutMs: 10_000,
      signal: new AbortController().signal,
    }).then(
      () => true,
      () => false,
    )
    return this.#isThere
  }

  /** After those that came before. Throws `FfmpegError`, or the signal's reason. */
  run(run: FfmpegRun): Promise<void> {
    const turn = this.#last.then(() => {
      run.signal.throwIfAborted()
      return this.#start({ ...run, args: [...quiet, ...run.args] })
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  #start({ args, stdin, files = [], onOutput, timeoutMs, signal }: FfmpegRun): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn('ffmpeg', args, {
        env: { PATH: this.#path },
        stdio: ['pipe', 'pipe', 'pipe', ...files],
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        signal,
      })
      let complaint = ''
      const fail = (cause: unknown) =>
        reject(
          signal.aborted
            ? signal.reason
            : new FfmpegError(`ffmpeg failed: ${complaint.trim()}`, { cause }),
        )
      child.on('error', fail)
      child.on('spawn', () => lower(child.pid))
      child.stdout?.on('data', (chunk: Buffer) => onOutput?.(chunk))
      child.stderr?.on('data', (chunk: Buffer) => {
        if (complaint.length < complaintBytes) complaint += chunk.toString('latin1')
      })
      child.on('close', (code) => (code === 0 ? resolve() : fail(code)))
      // It may end before it has read all.
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(stdin)
    })
  }
}

function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It is over already.
  }
}
