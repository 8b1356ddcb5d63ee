/** What the console says of callbacks, in both languages. */

const en = {
  title: 'Callbacks',
  lead: 'What your system was told, the newest first.',
  empty: 'No callback yet. Say on the tab Settings where they shall go.',
  emptyFilter: 'There is none of these.',
  filters: { all: 'All', pending: 'Pending', done: 'Arrived', dead: 'Failed' },
  statuses: { pending: 'Pending', done: 'Arrived', dead: 'Failed' },
  undeliverable: 'Code not sent yet',
  kind: 'Event',
  to: 'To',
  attempts: 'Attempts',
  created: 'Created',
  of: (attempts: number, most: number) => `${attempts} of ${most}`,
  error: 'Last error',
  next: 'Next attempt',
  soon: 'as soon as those before it are through',
  in: (duration: string) => `in ${duration}`,
  ended: 'Ended',
  body: 'Body',
  bodyGone: 'The receiver has it, so it is kept here no more.',
  bodyMasked: 'Codes are masked here, not in what is sent.',
  replay: 'Send again',
  replayed: 'It is sent again.',
  replayAll: 'Send again what failed',
  replayAllHint:
    'When your system is well again: everything that failed since then goes there, in its order.',
  since: 'Since',
  replayThese: 'Send these again',
  replayedAll: (count: number) =>
    count === 0
      ? 'Nothing failed since then.'
      : count === 1
        ? '1 is sent again.'
        : `${count} are sent again.`,
  disabled: (when: string) =>
    `On ${when} this address answered 410 (gone). No callback goes there any more.`,
  disabledCure:
    'Ask the owner of the receiver. If it is back, send callbacks there again; what failed meanwhile can be sent again on the tab Callbacks.',
  enable: 'Send callbacks there again',
  enabled: 'Callbacks go there again.',
}

type CallbacksWords = typeof en

const pt: CallbacksWords = {
  title: 'Callbacks',
  lead: 'O que seu sistema ficou sabendo, o mais novo primeiro.',
  empty: 'Nenhum callback ainda. Diga na aba Ajustes para onde vão.',
  emptyFilter: 'Não há nenhum destes.',
  filters: { all: 'Todos', pending: 'Pendentes', done: 'Entregues', dead: 'Abandonados' },
  statuses: { pending: 'Pendente', done: 'Entregue', dead: 'Abandonado' },
  undeliverable: 'Código ainda não enviado',
  kind: 'Evento',
  to: 'Para',
  attempts: 'Tentativas',
  created: 'Criado',
  of: (attempts, most) => `${attempts} de ${most}`,
  error: 'Último erro',
  next: 'Próxima tentativa',
  soon: 'assim que os anteriores chegarem',
  in: (duration) => `em ${duration}`,
  ended: 'Terminou',
  body: 'Corpo',
  bodyGone: 'Quem recebe já tem, então não fica mais guardado aqui.',
  bodyMasked: 'Os códigos estão ocultos aqui, não no que é enviado.',
  replay: 'Enviar de novo',
  replayed: 'Será enviado de novo.',
  replayAll: 'Enviar de novo o que foi abandonado',
  replayAllHint:
    'Quando seu sistema voltar: tudo o que foi abandonado desde então vai para lá, na sua ordem.',
  since: 'Desde',
  replayThese: 'Enviar estes de novo',
  replayedAll: (count) =>
    count === 0
      ? 'Nada foi abandonado desde então.'
      : count === 1
        ? '1 será enviado de novo.'
        : `${count} serão enviados de novo.`,
  disabled: (when) =>
    `Em ${when} este endereço respondeu 410 (não existe mais). Nenhum callback vai mais para lá.`,
  disabledCure:
    'Fale com o dono do receptor. Se ele voltou, envie callbacks para lá de novo; o que foi desistido nesse meio tempo pode ser reenviado na aba Callbacks.',
  enable: 'Enviar callbacks para lá de novo',
  enabled: 'Os callbacks voltam a ir para lá.',
}

export const callbacksWords = { en, pt }
