/** What the person may not do: shown, out of reach, with the reason. The gateway refuses it in any case. */

import type { ReactNode } from 'react'
import type { VisitAnswer } from '../../gateway/src/console/account-answers.js'
import { texts, useTexts } from '../shared/texts.js'
import { useVisit } from './reading.js'

export type Role = NonNullable<VisitAnswer['administrator']>['role']

/** From the fewest rights to the most. */
export const roles = ['viewer', 'operator', 'administrator'] as const satisfies readonly Role[]

export const roleTexts = texts(
  {
    viewer: 'Viewer',
    operator: 'Operator',
    administrator: 'Administrator',
    why: (own: string, least: string) =>
      `Your role is ${own}. This needs the role ${least}: an administrator can give it to you.`,
  },
  {
    viewer: 'Leitor',
    operator: 'Operador',
    administrator: 'Administrador',
    why: (own: string, least: string) =>
      `Seu papel é ${own}. Isto precisa do papel ${least}: um administrador pode dá-lo a você.`,
  },
)

interface LeastProps {
  readonly least: Role
}

export function useMay(least: Role): boolean {
  const role = useVisit().data?.administrator?.role
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(least)
}

/** Why something is out of reach; nothing where it is not. */
export function WhyNot({ least }: LeastProps) {
  const words = useTexts(roleTexts)
  const role = useVisit().data?.administrator?.role
  const may = useMay(least)
  if (may || role === undefined) return undefined
  return <p className="hint">{words.why(words[role], words[least])}</p>
}

/** Its fields and buttons do nothing for a person whose role is too low. */
export function Needs({ least, children }: LeastProps & { readonly children: ReactNode }) {
  const may = useMay(least)
  if (may) return children
  return (
    <>
      <WhyNot least={least} />
      <fieldset className="bare" disabled>
        {children}
      </fieldset>
    </>
  )
}
