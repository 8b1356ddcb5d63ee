/** What the console says of callbacks, in both languages. */

import { texts } from '../../shared/texts.js'

const en = {
  title: 'Callbacks',
  lead: 'What your system was told, the newest first.',
  empty: 'No callback yet. Say on the tab Settings where they shall go.',
  emptyFilter: 'There is none of these.',
  filters: { all: 'All', pending: 'Pending', done: 'Arrived', dead: 'Failed' },
  statuses: { pending: 'Pending', done: 'Arrived', dead: 'Failed' },
  undeliverable: 'Code not sent yet',
  kind: 'Event',
  phone: 'Number',
  subject: 'Number and message',
  message: 'Message',
  openMessage: 'Open the message',
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
  tryNow: 'Try now',
  trying: 'It is tried now.',
  tries: 'Each attempt',
  noTries: 'None yet, or an older version made them.',
  answered: (status: number) => `Answered ${status}`,
  unanswered: (error: string) => `No answer: ${error}`,
  took: (duration: string) => `in ${duration}`,
  emptyAnswer: 'The answer had no body.',
  receivers: 'Receivers',
  noReceivers: 'No address is set. Say on the tab Settings where callbacks shall go.',
  works: 'On',
  paused: 'Paused',
  gone: 'Off: answered 410',
  waiting: (count: number) => (count === 1 ? '1 waits' : `${count} wait`),
  failed: (count: number) => `${count} failed in 30 days`,
  former: 'No callback is set to go there.',
  pause: 'Pause',
  pausing: 'Paused. What happens from now on waits.',
  resume: 'Resume',
  resuming: 'Resumed. What waited goes there now.',
  test: 'Send a test callback',
  every: 'All receivers',
  replayAll: 'Send again what failed',
  replayAllHint:
    'When your system is well again: everything that failed since then goes there, in its order, and what waits is tried now.',
  since: 'Since',
  replayThese: 'Send these again',
  replayedAll: (count: number) =>
    count === 0
      ? 'Nothing failed since then.'
      : count === 1
        ? '1 is sent again.'
        : `${count} are sent again.`,
}

export type CallbacksWords = typeof en

const pt: CallbacksWords = {
  title: 'Callbacks',
  lead: 'O que seu sistema ficou sabendo, o mais novo primeiro.',
  empty: 'Nenhum callback ainda. Diga na aba Ajustes para onde vão.',
  emptyFilter: 'Não há nenhum destes.',
  filters: { all: 'Todos', pending: 'Pendentes', done: 'Entregues', dead: 'Falharam' },
  statuses: { pending: 'Pendente', done: 'Entregue', dead: 'Falhou' },
  undeliverable: 'Código ainda não enviado',
  kind: 'Evento',
  phone: 'Número',
  subject: 'Número e mensagem',
  message: 'Mensagem',
  openMessage: 'Abrir a mensagem',
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
  tryNow: 'Tentar agora',
  trying: 'Está sendo tentado agora.',
  tries: 'Cada tentativa',
  noTries: 'Nenhuma ainda, ou foram de uma versão anterior.',
  answered: (status) => `Respondeu ${status}`,
  unanswered: (error) => `Sem resposta: ${error}`,
  took: (duration) => `em ${duration}`,
  emptyAnswer: 'A resposta não tinha corpo.',
  receivers: 'Receptores',
  noReceivers: 'Nenhum endereço definido. Diga na aba Ajustes para onde vão os callbacks.',
  works: 'Ligado',
  paused: 'Pausado',
  gone: 'Desligado: respondeu 410',
  waiting: (count) => (count === 1 ? '1 espera' : `${count} esperam`),
  failed: (count) => `${count} falharam em 30 dias`,
  former: 'Nenhum callback está definido para ir para lá.',
  pause: 'Pausar',
  pausing: 'Pausado. O que acontecer de agora em diante espera.',
  resume: 'Retomar',
  resuming: 'Retomado. O que esperava vai para lá agora.',
  test: 'Enviar um callback de teste',
  every: 'Todos os receptores',
  replayAll: 'Enviar de novo o que falhou',
  replayAllHint:
    'Quando seu sistema voltar: tudo o que falhou desde então vai para lá, na sua ordem, e o que espera é tentado agora.',
  since: 'Desde',
  replayThese: 'Enviar estes de novo',
  replayedAll: (count) =>
    count === 0
      ? 'Nada falhou desde então.'
      : count === 1
        ? '1 será enviado de novo.'
        : `${count} serão enviados de novo.`,
}

export const callbacksTexts = texts(en, pt)
