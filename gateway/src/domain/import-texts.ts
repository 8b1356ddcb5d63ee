/** Why a session of another gateway cannot be taken over, and what to do, in both languages. */

import type { Bilingual, Explanation } from './disconnection-texts.js'

export type ImportProblem =
  | FieldProblem
  | { readonly kind: 'linked-here'; readonly name: string; readonly id: string }
  | { readonly kind: PlainProblem }

/** Of a field of Baileys' credentials, such as `account.details`. */
type FieldProblem =
  | { readonly kind: 'missing'; readonly field: string }
  | { readonly kind: 'wrong-length'; readonly field: string; readonly bytes: number }
  | { readonly kind: 'not-a-pair'; readonly field: string }

type PlainProblem =
  | 'wrong-signature'
  | 'no-linked-device'
  | 'no-creds-json'
  | 'no-creds'
  | 'no-such-device'
  | 'no-devices'
  | 'unreadable-database'
  | 'still-runs'
  | 'unknown-to-whatsapp'

export function explainImport(problem: ImportProblem): Explanation {
  if (problem.kind === 'linked-here') {
    const { name, id } = problem
    return explained(
      `This number is linked here already, by the instance "${name}" (${id}).`,
      `Este número já está conectado aqui, pela instância "${name}" (${id}).`,
      { en: 'Use that one, or disconnect it first.', pt: 'Use essa, ou desconecte-a antes.' },
    )
  }
  return 'field' in problem ? explainField(problem) : plain[problem.kind]
}

function explainField(problem: FieldProblem): Explanation {
  const { field } = problem
  switch (problem.kind) {
    case 'missing':
      return explained(`${field} is missing.`, `Falta ${field}.`, neverFinished)
    case 'wrong-length': {
      const { bytes } = problem
      return explained(
        `${field} is not ${bytes} bytes.`,
        `${field} não tem ${bytes} bytes.`,
        broken,
      )
    }
    case 'not-a-pair': {
      const en = `${field}.public does not belong to ${field}.private.`
      return explained(en, `${field}.public não pertence a ${field}.private.`, broken)
    }
  }
}

function explained(en: string, pt: string, cure: Bilingual): Explanation {
  return { cause: { en, pt }, cure }
}

const neverFinished: Bilingual = {
  en: 'The pairing of this session was never completed, or it was read too early. Pair the number there to the end, or pair it here by QR.',
  pt: 'O pareamento desta sessão não foi concluído, ou ela foi lida cedo demais. Conclua o pareamento lá, ou pareie aqui por QR.',
}

const broken: Bilingual = {
  en: 'The files do not belong together, or one of them is damaged. Copy them again after the other gateway has ended, or pair the number here by QR.',
  pt: 'Os arquivos não são do mesmo aparelho, ou um deles está danificado. Copie de novo com o outro gateway parado, ou pareie aqui por QR.',
}

const plain: Readonly<Record<PlainProblem, Explanation>> = {
  'wrong-signature': explained(
    'signedPreKey.signature is not of signedIdentityKey.',
    'signedPreKey.signature não é de signedIdentityKey.',
    broken,
  ),
  'no-linked-device': explained(
    'me.id is not the address of a linked device.',
    'me.id não é o endereço de um aparelho conectado.',
    broken,
  ),
  'no-creds-json': explained(
    'creds.json is missing or is not JSON.',
    'creds.json falta ou não é JSON.',
    {
      en: 'Choose the folder that holds creds.json, and read it after the other gateway has ended.',
      pt: 'Escolha a pasta com creds.json, com o outro gateway parado.',
    },
  ),
  'no-creds': explained(
    'creds is missing: none of the files is creds.json, an export of Evolution’s table Session, or its Redis hash.',
    'Falta creds: nenhum dos arquivos é creds.json, uma exportação da tabela Session da Evolution ou o hash do Redis dela.',
    {
      en: 'Export the row as docs/linking-a-number.md shows.',
      pt: 'Exporte a linha como mostra docs/linking-a-number.md.',
    },
  ),
  'no-such-device': explained(
    'device: the files hold no such session.',
    'device: os arquivos não têm essa sessão.',
    { en: 'Leave it out to see which they hold.', pt: 'Omita para ver quais têm.' },
  ),
  'no-devices': explained(
    'The database has no table whatsmeow_device, or no device in it.',
    'O banco não tem a tabela whatsmeow_device, ou ela está vazia.',
    {
      en: 'Name the database that the other gateway gives to whatsmeow.',
      pt: 'Indique o banco que o outro gateway dá ao whatsmeow.',
    },
  ),
  'unreadable-database': explained(
    'The database cannot be read.',
    'Não foi possível ler o banco.',
    {
      en: 'Copy it again after the other gateway has ended, or import it with "recado instance import".',
      pt: 'Copie de novo com o outro gateway parado, ou importe com "recado instance import".',
    },
  ),
  'still-runs': explained(
    'The other gateway still runs with this session: it took the connection back.',
    'O outro gateway ainda roda com esta sessão: ele tomou a conexão de volta.',
    {
      en: 'Stop it for good without logging out there, then import again. Nothing was kept here.',
      pt: 'Pare-o de vez sem fazer logout lá e importe de novo. Nada ficou guardado aqui.',
    },
  ),
  'unknown-to-whatsapp': explained(
    'WhatsApp does not know this device any more: it was logged out, or these files are older than its last pairing.',
    'O WhatsApp não conhece mais este aparelho: ele foi desconectado, ou estes arquivos são anteriores ao último pareamento.',
    {
      en: 'Pair the number by QR. Nothing was kept here.',
      pt: 'Pareie o número por QR. Nada ficou guardado aqui.',
    },
  ),
}
