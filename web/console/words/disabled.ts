/** What the console says of a receiver that answered 410, in both languages. */

const en = {
  disabled: (when: string) =>
    `On ${when} this address answered 410 (gone). No callback goes there any more.`,
  disabledCure:
    'Ask the owner of the receiver. If it is back, send callbacks there again; what failed meanwhile can be sent again on the tab Callbacks.',
  enable: 'Send callbacks there again',
  enabled: 'Callbacks go there again.',
}

const pt: typeof en = {
  disabled: (when) =>
    `Em ${when} este endereço respondeu 410 (não existe mais). Nenhum callback vai mais para lá.`,
  disabledCure:
    'Fale com o dono do receptor. Se ele voltou, envie callbacks para lá de novo; o que falhou nesse meio tempo pode ser reenviado na aba Callbacks.',
  enable: 'Enviar callbacks para lá de novo',
  enabled: 'Os callbacks voltam a ir para lá.',
}

export const disabledWords = { en, pt }
