/** Where the files go that are too large to be kept in memory while their call arrives. */

import type { InstanceId } from '../domain/instance.js'

export interface FileIntake {
  /** Throws where there is no room. */
  open(instanceId: InstanceId): IncomingFile
}

/** The base64 of one file, without escapes and white space. */
export interface IncomingFile {
  /** Throws `BodyRefusedError` for what is no base64. */
  push(chunk: Buffer): void
  /** What was pushed and is not stored yet. */
  readonly pendingBytes: number
  /** Resolves when all of it is stored. Rejects when it cannot be. */
  stored(): Promise<void>
  /** Stores the rest. Gives the name that stands in the body for it. */
  end(): Promise<string>
  /** Removes it. Never rejects. */
  discard(): Promise<void>
}
