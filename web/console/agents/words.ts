/** What the console says of tokens for AI agents, in both languages. */

import { texts } from '../../shared/texts.js'

export const agentsTexts = texts(
  {
    title: 'AI agents',
    hint: (address: string) =>
      `With a token one agent works by MCP, at ${address}. Codes are masked in every answer. Each token can be revoked by itself.`,
    name: 'Who gets it',
    scope: 'What it may do',
    scopes: {
      read: 'Read chats, contacts and the queue',
      send: 'Read, and send to every number',
    },
    scopeNames: { read: 'reads', send: 'reads and sends' },
    make: 'Make a token',
    made: 'The token of the agent',
    once: 'Copy it now: it is not shown again.',
    token: 'Token',
    settings: 'For a client that takes an address and a header',
    done: 'I have copied it',
    held: 'Tokens',
    none: 'No agent has a token.',
    created: (when: string) => `made ${when}`,
    used: (when: string) => `last used ${when}`,
    unused: 'not used yet',
    revoke: (name: string) => `Revoke ${name}`,
    really: 'The next call of this agent is refused.',
    yes: 'Yes, revoke it',
    revoked: 'Revoked.',
  },
  {
    title: 'Agentes de IA',
    hint: (address: string) =>
      `Com um token, um agente trabalha por MCP, em ${address}. Os códigos são mascarados em toda resposta. Cada token pode ser revogado sozinho.`,
    name: 'Quem o recebe',
    scope: 'O que ele pode fazer',
    scopes: {
      read: 'Ler conversas, contatos e a fila',
      send: 'Ler, e enviar a qualquer número',
    },
    scopeNames: { read: 'lê', send: 'lê e envia' },
    make: 'Criar um token',
    made: 'O token do agente',
    once: 'Copie agora: ele não aparece de novo.',
    token: 'Token',
    settings: 'Para um cliente que recebe um endereço e um cabeçalho',
    done: 'Já copiei',
    held: 'Tokens',
    none: 'Nenhum agente tem um token.',
    created: (when: string) => `criado em ${when}`,
    used: (when: string) => `último uso em ${when}`,
    unused: 'ainda sem uso',
    revoke: (name: string) => `Revogar ${name}`,
    really: 'A próxima chamada deste agente é recusada.',
    yes: 'Sim, revogar',
    revoked: 'Revogado.',
  },
)
