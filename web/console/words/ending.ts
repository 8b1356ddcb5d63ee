/** What the console says of the end of an instance, in both languages. */

const en = {
  cancel: 'Take out of use',
  cancelHint:
    'Its queue is emptied, its phone is unlinked, and its token stops working. For 15 days you can take it back.',
  cancelled: 'The instance is out of use.',
  outOfUse: (when: string) =>
    `This instance is out of use. It is deleted on ${when}, unless you take it back.`,
  resume: 'Take it back',
  resumed: 'The instance is in use again. Pair its phone.',
  delete: 'Delete for good',
  deleteHint: 'Messages, callbacks and settings go with it. They cannot be brought back.',
  deleted: 'The instance is deleted.',
  typeName: (name: string) => `Type its name, “${name}”`,
  differs: 'That is not its name.',
}

type EndingWords = typeof en

const pt: EndingWords = {
  cancel: 'Tirar de uso',
  cancelHint:
    'A fila é esvaziada, o aparelho é desvinculado e o token deixa de valer. Por 15 dias dá para voltar atrás.',
  cancelled: 'A instância está fora de uso.',
  outOfUse: (when) =>
    `Esta instância está fora de uso. Ela será excluída em ${when}, a não ser que volte ao uso.`,
  resume: 'Voltar ao uso',
  resumed: 'A instância voltou ao uso. Conecte o aparelho.',
  delete: 'Excluir de vez',
  deleteHint: 'Mensagens, callbacks e ajustes vão junto. Ninguém consegue trazer de volta.',
  deleted: 'A instância foi excluída.',
  typeName: (name) => `Digite o nome dela, “${name}”`,
  differs: 'Esse não é o nome dela.',
}

export const endingWords = { en, pt }
