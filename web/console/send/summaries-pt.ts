/** What the calls that send no message do, in Portuguese, by the English summary. A test names what is missing. */

export const summariesPt: Readonly<Record<string, string>> = {
  'Lists the chats of the number.': 'Lista as conversas do número.',
  'Tells about one chat.': 'Mostra os dados de uma conversa.',
  'Lists what was said in a chat.': 'Lista o que foi dito em uma conversa.',
  'Archives, pins, mutes, marks, clears or deletes a chat.':
    'Arquiva, fixa, silencia, marca, limpa ou apaga uma conversa.',
  'Lists the people whose names the number knows.':
    'Lista as pessoas cujos nomes o número conhece.',
  'Tells about one person.': 'Mostra os dados de uma pessoa.',
  'Tells whether a number is on WhatsApp.': 'Informa se um número está no WhatsApp.',
  'Tells which of many numbers are on WhatsApp.':
    'Informa quais de vários números estão no WhatsApp.',
  'Tells where WhatsApp serves the picture of a person or a group.':
    'Mostra o endereço da foto de uma pessoa ou de um grupo no WhatsApp.',
  'Saves people in the address book of the phone.': 'Salva pessoas nos contatos do celular.',
  'Removes people from the address book of the phone.': 'Remove pessoas dos contatos do celular.',
  'Blocks a person, or ends that.': 'Bloqueia ou desbloqueia uma pessoa.',
  'Reports a person to WhatsApp as spam.': 'Denuncia uma pessoa ao WhatsApp como spam.',
  'Lists who is left out with CONTACT_BLACKLIST.': 'Lista quem fica de fora com CONTACT_BLACKLIST.',
  'Sets who may put this number into groups.': 'Define quem pode pôr este número em grupos.',
  'Lists the privacy settings of this number and the people whom it blocks.':
    'Lista as configurações de privacidade deste número e as pessoas que ele bloqueia.',
  'Sets who sees when this number was last online.':
    'Define quem vê quando este número esteve online.',
  'Sets after how long the messages of new chats disappear.':
    'Define em quanto tempo as mensagens de conversas novas desaparecem.',
  'Sets who sees the picture of this number.': 'Define quem vê a foto deste número.',
  'Sets who sees the description of this number.': 'Define quem vê o recado deste número.',
  'Sets who sees that this number is online.': 'Define quem vê que este número está online.',
  'Shows others that this number has read their messages, or does not.':
    'Mostra ou não aos outros que este número leu as mensagens deles.',
  'Lists the groups that the number is in.': 'Lista os grupos do número.',
  'Makes a group with this number as its admin.':
    'Cria um grupo com este número como administrador.',
  'Tells about a group and its members.': 'Mostra os dados e os membros de um grupo.',
  'Tells about a group and its members, without the invitation link.':
    'Mostra os dados e os membros de um grupo, sem o link de convite.',
  'Tells about the group that an invitation leads to.':
    'Mostra os dados do grupo de um link de convite.',
  'Tells the invitation link of a group.': 'Mostra o link de convite de um grupo.',
  'Makes a new invitation link of a group or a community.':
    'Cria um novo link de convite de um grupo ou de uma comunidade.',
  'Joins the group that an invitation leads to.': 'Entra no grupo de um link de convite.',
  'Adds people to a group.': 'Adiciona pessoas a um grupo.',
  'Removes members from a group.': 'Remove membros de um grupo.',
  'Makes members admins of their group.': 'Torna membros administradores do grupo.',
  'Makes admins ordinary members of their group.': 'Torna administradores membros comuns do grupo.',
  'Lets people into a group who asked to join.': 'Aceita no grupo pessoas que pediram para entrar.',
  'Turns people away who asked to join a group.':
    'Recusa pessoas que pediram para entrar em um grupo.',
  'Leaves a group.': 'Sai de um grupo.',
  'Changes the name of a group.': 'Altera o nome de um grupo.',
  'Changes the description of a group.': 'Altera a descrição de um grupo.',
  'Changes the picture of a group.': 'Altera a foto de um grupo.',
  'Changes what only admins may do in a group.':
    'Altera o que só administradores podem fazer em um grupo.',
  'Tells what a business shows of itself on WhatsApp.':
    'Mostra o perfil comercial de uma empresa no WhatsApp.',
  'Changes the address on the business profile.': 'Altera o endereço do perfil comercial.',
  'Changes the description on the business profile.': 'Altera a descrição do perfil comercial.',
  'Changes the e-mail address on the business profile.': 'Altera o e-mail do perfil comercial.',
  'Changes the websites on the business profile.': 'Altera os sites do perfil comercial.',
  'Changes the opening hours on the business profile.':
    'Altera o horário de atendimento do perfil comercial.',
  'Changes the categories on the business profile.': 'Altera as categorias do perfil comercial.',
  'Lists categories that a business profile can have.':
    'Lista as categorias que um perfil comercial pode ter.',
  'Lists the products of the own catalogue.': 'Lista os produtos do próprio catálogo.',
  'Lists the products of the own catalogue, with the cursor in the body.':
    'Lista os produtos do próprio catálogo, com o cursor no corpo.',
  'Lists the products of the catalogue of a business.':
    'Lista os produtos do catálogo de uma empresa.',
  'Lists the products of the catalogue of a business, with the cursor in the body.':
    'Lista os produtos do catálogo de uma empresa, com o cursor no corpo.',
  'Tells about one product of the own catalogue.': 'Mostra um produto do próprio catálogo.',
  'Lists the collections of the own catalogue.': 'Lista as coleções do próprio catálogo.',
  'Lists the products of a collection of a business.':
    'Lista os produtos de uma coleção de uma empresa.',
  'Lists the labels of the number.': 'Lista as etiquetas do número.',
  'Lists the colours that labels can have.': 'Lista as cores que as etiquetas podem ter.',
  'Makes a label.': 'Cria uma etiqueta.',
  'Changes the name of a label, and its colour.': 'Altera o nome e a cor de uma etiqueta.',
  'Deletes a label.': 'Apaga uma etiqueta.',
  'Puts a label on a chat.': 'Põe uma etiqueta em uma conversa.',
  'Takes a label off a chat.': 'Tira uma etiqueta de uma conversa.',
  'Writes down a note about a person.': 'Anota algo sobre uma pessoa.',
  'Lists the communities that the number is in.': 'Lista as comunidades do número.',
  'Makes a community with this number as its admin.':
    'Cria uma comunidade com este número como administrador.',
  'Tells about a community and its groups.': 'Mostra os dados e os grupos de uma comunidade.',
  'Puts groups into a community.': 'Põe grupos em uma comunidade.',
  'Takes groups out of a community.': 'Tira grupos de uma comunidade.',
  'Changes who adds groups to a community.': 'Altera quem adiciona grupos a uma comunidade.',
  'Changes the description of a community.': 'Altera a descrição de uma comunidade.',
  'Changes the picture of a community.': 'Altera a foto de uma comunidade.',
  'Ends a community.': 'Encerra uma comunidade.',
  'Lists the broadcast lists.': 'Lista as listas de transmissão.',
  'Makes a list of people to write to at once.': 'Cria uma lista de transmissão.',
  'Changes who is in a broadcast list, and its name.':
    'Altera o nome e as pessoas de uma lista de transmissão.',
  'Deletes a broadcast list.': 'Apaga uma lista de transmissão.',
  'Posts a text as a status.': 'Publica um texto como status.',
  'Posts an image as a status.': 'Publica uma imagem como status.',
  'Posts a video as a status.': 'Publica um vídeo como status.',
  'Answers a status with a text.': 'Responde a um status com um texto.',
  'Answers a status with a video that plays by itself, again and again.':
    'Responde a um status com um vídeo que toca sozinho, repetidamente.',
  'Answers a status with a sticker.': 'Responde a um status com uma figurinha.',
  'Lists the channels that the number follows or runs.':
    'Lista os canais que o número segue ou administra.',
  'Tells about a channel.': 'Mostra os dados de um canal.',
  'Searches the channels of WhatsApp.': 'Busca canais do WhatsApp.',
  'Makes a channel with this number as its owner.': 'Cria um canal com este número como dono.',
  'Changes the name of a channel.': 'Altera o nome de um canal.',
  'Changes the description of a channel.': 'Altera a descrição de um canal.',
  'Changes the picture of a channel.': 'Altera a foto de um canal.',
  'Changes which reactions the followers of a channel may choose.':
    'Altera as reações que os seguidores de um canal podem escolher.',
  'Deletes a channel for good.': 'Apaga um canal definitivamente.',
  'Follows a channel.': 'Segue um canal.',
  'Stops following a channel.': 'Deixa de seguir um canal.',
  'Mutes a channel.': 'Silencia um canal.',
  'Ends the muting of a channel.': 'Deixa de silenciar um canal.',
  'Accepts the invitation of this number to be an admin of a channel.':
    'Aceita o convite deste número para administrar um canal.',
  'Takes back the invitation of a person to be an admin of a channel.':
    'Cancela o convite de uma pessoa para administrar um canal.',
  'Makes an admin of a channel an ordinary follower.':
    'Torna um administrador de um canal seguidor comum.',
  'Gives a channel to another person.': 'Passa um canal a outra pessoa.',
  'Tells whether the instance is connected.': 'Informa se a instância está conectada.',
  'Unlinks the phone.': 'Desvincula o celular.',
  'Closes the connection to WhatsApp and opens it again.':
    'Fecha a conexão com o WhatsApp e a abre de novo.',
  'Opens the connection to WhatsApp if it is not open.':
    'Abre a conexão com o WhatsApp se não estiver aberta.',
  'Tells the profile of the number, and which phone it is on.':
    'Mostra o perfil do número e em que celular ele está.',
  'Renames the instance.': 'Renomeia a instância.',
  'Changes the name that the number shows on WhatsApp.':
    'Altera o nome que o número mostra no WhatsApp.',
  'Changes the picture that the number shows on WhatsApp.':
    'Altera a foto que o número mostra no WhatsApp.',
  'Changes the text about the number on WhatsApp.': 'Altera o recado do número no WhatsApp.',
  'Marks incoming messages as read once they are stored, or stops doing so.':
    'Liga ou desliga marcar mensagens recebidas como lidas assim que são guardadas.',
  'Marks the statuses (stories) of contacts as seen, or stops doing so.':
    'Liga ou desliga marcar os status dos contatos como vistos.',
  'Rejects every call to this number as it comes in, or lets it ring.':
    'Liga ou desliga rejeitar as ligações para este número.',
  'Sets the text that a rejected caller is sent.':
    'Define o texto enviado a quem teve a ligação rejeitada.',
  'Sets how messages with buttons and lists go.':
    'Define como vão as mensagens com botões e listas.',
  'Gives the text of the QR that links a phone.': 'Dá o texto do QR que vincula um celular.',
  'Gives the QR that links a phone, as an image.': 'Dá o QR que vincula um celular, como imagem.',
  'Gives a code that links a phone without a QR.': 'Dá um código que vincula um celular sem QR.',
  "Tells where WhatsApp's passkey step stands.": 'Mostra a situação da etapa da chave de acesso.',
  'Makes a one-time link for the person with the passkey.':
    'Cria um link de uso único para a pessoa com a chave de acesso.',
  'Answers the challenge with what the passkey signed.':
    'Responde ao desafio com o que a chave de acesso assinou.',
  'Tells whether the phone shows the same code.': 'Informa se o celular mostra o mesmo código.',
  'Drops the challenge and begins another pairing.':
    'Descarta o desafio e começa outra vinculação.',
  'Sets the URL that is told whether a send went out.': 'Define a URL avisada se um envio saiu.',
  'Sets the URL that is told what the number receives.':
    'Define a URL avisada do que o número recebe.',
  'Sets the URL that is told of a connection.': 'Define a URL avisada de uma conexão.',
  'Sets the URL that is told of a lost connection.': 'Define a URL avisada de uma conexão perdida.',
  'Sets the URL that is told when messages were delivered and read.':
    'Define a URL avisada quando mensagens foram entregues e lidas.',
  'Sets the URL that is told who is typing.': 'Define a URL avisada de quem está digitando.',
  'Sets the URL that is told when a connection was made without its proxy.':
    'Define a URL avisada quando uma conexão foi feita sem o proxy.',
  "Sets the URL that is told when WhatsApp asks for a number's passkey.":
    'Define a URL avisada quando o WhatsApp pede a chave de acesso de um número.',
  'Sets the URL that is told what the number receives and what it sends itself.':
    'Define a URL avisada do que o número recebe e do que ele mesmo envia.',
  'Sets one URL for all callbacks.': 'Define uma URL para todos os callbacks.',
  'Sets whether callbacks also tell what the number itself sends.':
    'Define se os callbacks informam também o que o próprio número envia.',
  'Sets which callbacks are not sent.': 'Define quais callbacks não são enviados.',
  'Lists the callbacks that failed for good.': 'Lista os callbacks que falharam de vez.',
  'Sends one failed callback again.': 'Envia de novo um callback que falhou.',
  'Lists the last calls that were refused.': 'Lista as últimas chamadas recusadas.',
  'Tries one callback now.': 'Tenta um callback agora.',
  'Tries now what waits for its next attempt.': 'Tenta agora o que espera a próxima tentativa.',
  'Lists the receivers of callbacks.': 'Lista os receptores de callbacks.',
  'Pauses a receiver.': 'Pausa um receptor.',
  'Resumes a receiver.': 'Retoma um receptor.',
  'Sends a test callback and tells what the receiver answered.':
    'Envia um callback de teste e diz o que o receptor respondeu.',
  'Sends all callbacks again that failed since a moment.':
    'Envia de novo todos os callbacks que falharam desde um momento.',
  'Lists the first waiting messages.': 'Lista as primeiras mensagens da fila.',
  'Lists the waiting messages, page by page.': 'Lista as mensagens da fila, página por página.',
  'Sets what becomes of messages that would expire before their turn.':
    'Define o que acontece com mensagens que expirariam antes da sua vez.',
  'Sets the gap between two messages of this number.':
    'Define o intervalo entre duas mensagens deste número.',
  'Sets how long this number keeps messages, links to files, chats and contacts.':
    'Define por quanto tempo este número guarda mensagens, links de arquivos, conversas e contatos.',
  'Sets how long codes live, and when their caller is told that one is not sent.':
    'Define por quanto tempo os códigos valem e quando o programa é avisado de que um código não foi enviado.',
  'Sets how much may be sent a day.': 'Define quanto pode ser enviado por dia.',
  'Tells how much may be sent a day, and how much was sent today.':
    'Diz quanto pode ser enviado por dia e quanto foi enviado hoje.',
  'Tells how long a new message would wait now.':
    'Informa quanto tempo uma mensagem nova esperaria agora.',
  'Counts the waiting messages.': 'Conta as mensagens da fila.',
  'Deletes all waiting messages.': 'Apaga todas as mensagens da fila.',
  'Deletes one waiting message.': 'Apaga uma mensagem da fila.',
  'Sets whether sends are kept while the instance is disconnected.':
    'Define se os envios ficam na fila enquanto a instância está desconectada.',
}

/** Titles of the groups of these calls, by their tag. */
export const tagTitles: Readonly<Record<string, readonly [en: string, pt: string]>> = {
  chats: ['Chats', 'Conversas'],
  contacts: ['Contacts', 'Contatos'],
  privacy: ['Privacy', 'Privacidade'],
  group: ['Groups', 'Grupos'],
  business: ['Business', 'Empresa'],
  communities: ['Communities', 'Comunidades'],
  broadcast: ['Broadcast lists', 'Listas de transmissão'],
  newsletter: ['Channels', 'Canais'],
  status: ['Status', 'Status'],
  instance: ['Instance', 'Instância'],
  webhooks: ['Callbacks', 'Callbacks'],
  partner: ['Instance', 'Instância'],
  queue: ['Queue', 'Fila'],
}
