import type { DirectoryFact } from '../../domain/directory.js'
import type { SyncAction } from '../baileys-patches/sync-actions.js'
import type { DirectoryFeed } from './tell-directory.js'

/** The directory for the parts of a connection that are made before it can be told anything. */
export class LateDirectory {
  #told: DirectoryFeed | undefined

  become(told: DirectoryFeed): void {
    this.#told = told
  }

  readonly changed = (action: SyncAction): void => this.#told?.changed(action)

  readonly tell = (facts: readonly DirectoryFact[]): void => this.#told?.tell(facts)

  /** Resolves once all that was told until now is stored, or was found not to be storable. */
  readonly settled = async (): Promise<void> => this.#told?.settled()

  readonly keep = async (facts: readonly DirectoryFact[]): Promise<void> => {
    this.tell(facts)
    await this.settled()
  }
}
