/** What is wrong and what helps, in the language of the person. */

import type { TroubleAnswer } from '../../gateway/src/console/instance-answers.js'
import type { App } from './app.js'
import { dayText } from './moments.js'

export function troubleText(
  app: App,
  { kind, cause, cure, until }: TroubleAnswer,
): { readonly cause: string; readonly cure: string } {
  const helps = cure[app.language]
  // The page knows the clock of the person.
  if (kind === 'number-restricted' && until !== undefined)
    return { cause: app.words.overview.restrictedUntil(dayText(app, until)), cure: helps }
  return { cause: cause[app.language], cure: helps }
}
