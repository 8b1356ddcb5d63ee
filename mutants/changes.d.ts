import type { Changeable } from './trial.js'

export function changeable(paths: readonly string[]): Promise<Changeable>
