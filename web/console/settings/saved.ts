/** Changing settings of a number: saved, said, and read again. */

import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { useReadAgain } from '../reading.js'

export interface SettingsProps {
  readonly instance: InstanceAnswer
}

/** Says that it is saved, and reads it again. */
export function useSaved(id: string): () => Promise<undefined> {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  return async () => {
    await readAgain(`instances/${id}`, 'instances')
    say(words.saved)
  }
}

/** Changes the settings that are given. Throws `Refusal`. */
export function useChange(
  id: string,
): (settings: Partial<InstanceAnswer['settings']>) => Promise<undefined> {
  const saved = useSaved(id)
  return async (settings) => {
    await ask('PATCH', `instances/${id}`, { settings })
    return saved()
  }
}
