/** What the console says of how much may be sent, in both languages. */

const en = {
  title: 'How much it may send',
  hint: 'WhatsApp bans numbers that write to many people who do not know them. What is over a limit waits until the next day. Default: no limits. Risk of a low limit: messages wait; of a high one: WhatsApp restricts or bans the number.',
  sentToday: 'Sent today',
  newPeopleToday: 'New people today',
  warmUpDay: 'Day of the warm-up',
  dayEnds: 'The day ends',
  of: (count: number, most: number | null) => (most === null ? `${count}` : `${count} of ${most}`),
  dailyMessages: 'Most messages a day',
  zeroIsNone: '0: no limit.',
  dailyNewPeople: 'Most new people a day',
  newPeopleHint: 'People with whom it has no conversation. 0: no limit.',
  quietFrom: 'Quiet from',
  quietTo: 'Quiet to',
  quietHint: 'Messages with priority low wait then. Empty: no quiet hours.',
  timeZone: 'Time zone',
  timeZoneHint: 'Where days begin, such as America/Sao_Paulo.',
  mostFrom: 'Limit of today from',
  sources: {
    'daily-messages': 'Most messages a day',
    'warm-up': 'Its own warm-up',
    'pool-warm-up': 'The warm-up of its pool',
  },
  warmUp: 'Warm-up of a new number',
  warmUpHint: '20 messages on the first day, more each day, all from day 14 on.',
  warmUpChoices: { null: 'As its pools say', true: 'Yes', false: 'No' },
  warmUpOfPool:
    'Warm up new members: 20 messages on the first day, more each day, all from day 14 on',
  warmUpOfPoolHint: 'For members that have not chosen for themselves. Each counts its own days.',
  limitCodes: 'Limit codes too (they wait or are refused when a limit is reached)',
  recommend: 'Fill in what we recommend',
  heldBy: {
    'daily-messages': { short: 'Daily limit', whole: 'Waits: the messages of today are sent' },
    'new-people': {
      short: 'New person',
      whole: 'Waits: a new person, and those of today are written to',
    },
    'quiet-hours': { short: 'Quiet hours', whole: 'Waits: quiet hours' },
  },
}

type LimitWords = typeof en

const pt: LimitWords = {
  title: 'Quanto pode enviar',
  hint: 'O WhatsApp bane números que escrevem a muitas pessoas que não os conhecem. O que passa de um limite espera até o dia seguinte. Padrão: sem limites. Risco de um limite baixo: mensagens esperam; de um alto: o WhatsApp restringe ou bane o número.',
  sentToday: 'Enviadas hoje',
  newPeopleToday: 'Pessoas novas hoje',
  warmUpDay: 'Dia do aquecimento',
  dayEnds: 'O dia termina',
  of: (count, most) => (most === null ? `${count}` : `${count} de ${most}`),
  dailyMessages: 'Máximo de mensagens por dia',
  zeroIsNone: '0: sem limite.',
  dailyNewPeople: 'Máximo de pessoas novas por dia',
  newPeopleHint: 'Pessoas com quem não há conversa. 0: sem limite.',
  quietFrom: 'Silêncio das',
  quietTo: 'Silêncio até',
  quietHint: 'Nesse horário, mensagens com prioridade low esperam. Vazio: sem horário de silêncio.',
  timeZone: 'Fuso horário',
  timeZoneHint: 'Onde os dias começam, como America/Sao_Paulo.',
  mostFrom: 'Limite de hoje vem de',
  sources: {
    'daily-messages': 'Máximo de mensagens por dia',
    'warm-up': 'Aquecimento próprio',
    'pool-warm-up': 'Aquecimento do pool',
  },
  warmUp: 'Aquecimento de um número novo',
  warmUpHint: '20 mensagens no primeiro dia, mais a cada dia, todas a partir do dia 14.',
  warmUpChoices: { null: 'Como os pools dele dizem', true: 'Sim', false: 'Não' },
  warmUpOfPool:
    'Aquecer membros novos: 20 mensagens no primeiro dia, mais a cada dia, todas a partir do dia 14',
  warmUpOfPoolHint: 'Para membros que não escolheram por si. Cada um conta os próprios dias.',
  limitCodes: 'Limitar também os códigos (esperam ou são recusados quando o limite é atingido)',
  recommend: 'Preencher com o que recomendamos',
  heldBy: {
    'daily-messages': {
      short: 'Limite do dia',
      whole: 'Espera: as mensagens de hoje já foram enviadas',
    },
    'new-people': {
      short: 'Pessoa nova',
      whole: 'Espera: é uma pessoa nova, e as de hoje já foram atendidas',
    },
    'quiet-hours': { short: 'Silêncio', whole: 'Espera: horário de silêncio' },
  },
}

export const limitWords = { en, pt }
