/** What all controls of one form know. */

import { createContext } from 'react'

export interface Fault {
  /** `carousel.0.image` */
  readonly place: string
  readonly text: string
}

interface FormFacts {
  /** Begins the ids of this form's controls. */
  readonly id: string
  readonly fault: Fault | undefined
  /** The id of the list of recipients to choose from. */
  readonly recipients: string
}

export const FormContext = createContext<FormFacts>({ id: '', fault: undefined, recipients: '' })

export function controlId(form: string, place: string): string {
  return `${form}-${place}`
}
