import {
  type IDataObject,
  type IHookFunctions,
  type IHttpRequestMethods,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
  type JsonObject,
  NodeApiError,
  NodeConnectionTypes,
  NodeOperationError,
} from 'n8n-workflow'
import { isSigned } from './signature'

/** By the names of the events: the call that sets the URL, and where `GET /me` tells it. */
const events: Readonly<Record<string, { readonly call: string; readonly url: string }>> = {
  chatPresence: { call: 'update-webhook-chat-presence', url: 'presenceChatCallbackUrl' },
  connected: { call: 'update-webhook-connected', url: 'connectedCallbackUrl' },
  delivery: { call: 'update-webhook-delivery', url: 'deliveryCallbackUrl' },
  disconnected: { call: 'update-webhook-disconnected', url: 'disconnectedCallbackUrl' },
  messageStatus: { call: 'update-webhook-message-status', url: 'messageStatusCallbackUrl' },
  received: { call: 'update-webhook-received', url: 'receivedCallbackUrl' },
}

/** By instance, in memory: asked for again where a signature does not fit. */
const secrets = new Map<string, string>()

export class RecadoTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Recado Trigger',
    name: 'recadoTrigger',
    icon: { light: 'file:../../icons/recado.svg', dark: 'file:../../icons/recado.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow on signed callbacks of Recado',
    defaults: { name: 'Recado Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'recadoApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'recado' }],
    properties: [
      {
        displayName: 'Events',
        name: 'events',
        type: 'multiOptions',
        required: true,
        default: ['received'],
        options: [
          { name: 'Chat Presence', value: 'chatPresence', description: 'A person is typing' },
          { name: 'Connected', value: 'connected', description: 'The number is connected' },
          {
            name: 'Disconnected',
            value: 'disconnected',
            description: 'The number is not connected',
          },
          {
            name: 'Message Received',
            value: 'received',
            description: 'A person or a group wrote to the number, or a call came in',
          },
          {
            name: 'Message Sent or Failed',
            value: 'delivery',
            description: 'What became of a message that was sent, also of a code that is late',
          },
          {
            name: 'Message Status',
            value: 'messageStatus',
            description: 'A message reached the phone, was read or was played',
          },
        ],
        description: 'Each event has one URL in Recado, so one workflow at a time gets it',
      },
      {
        displayName: 'Replace Other URLs',
        name: 'replace',
        type: 'boolean',
        default: false,
        description:
          'Whether to take an event over that Recado tells another program. Without it, the workflow is not activated then.',
      },
    ],
  }

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        const told = await toldUrls(this)
        return chosen(this).every(({ url }) => told[url] === this.getNodeWebhookUrl('default'))
      },
      async create(this: IHookFunctions): Promise<boolean> {
        const own = this.getNodeWebhookUrl('default')
        const told = await toldUrls(this)
        const other = chosen(this).find(({ url }) => told[url] !== '' && told[url] !== own)
        if (other !== undefined && this.getNodeParameter('replace') !== true)
          throw new NodeOperationError(
            this.getNode(),
            `Recado sends this event to another program: ${told[other.url]}`,
            {
              description:
                'Clear that URL in Recado, choose other events, or turn "Replace Other URLs" on. A test and the active workflow have different URLs.',
            },
          )
        for (const { call } of chosen(this)) await ask(this, 'PUT', call, { value: own })
        return true
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        const told = await toldUrls(this)
        for (const { call, url } of Object.values(events))
          if (told[url] === this.getNodeWebhookUrl('default'))
            await ask(this, 'PUT', call, { value: '' })
        return true
      },
    },
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const { rawBody } = this.getRequestObject()
    const text = rawBody.toString()
    const headers = this.getHeaderData() as Record<string, string | undefined>
    if (!(await isFromRecado(this, text, (name) => headers[name]))) {
      this.getResponseObject().status(401).json({ error: 'The signature does not fit' })
      return { noWebhookResponse: true }
    }
    // Recado repeats a callback that got no answer, under the same id.
    const json = { ...(JSON.parse(text) as IDataObject), callbackId: headers['webhook-id'] }
    return { workflowData: [this.helpers.returnJsonArray([json])] }
  }
}

async function isFromRecado(
  context: IWebhookFunctions,
  text: string,
  header: (name: string) => string | undefined,
): Promise<boolean> {
  const { url, instanceId } = await context.getCredentials<Record<string, string>>('recadoApi')
  const key = `${url} ${instanceId}`
  const known = secrets.get(key)
  if (known !== undefined && isSigned(text, header, known)) return true
  const { webhookSecret } = await ask(context, 'GET', 'webhook-secret')
  secrets.set(key, String(webhookSecret))
  return isSigned(text, header, String(webhookSecret))
}

const chosen = (context: IHookFunctions) =>
  (context.getNodeParameter('events') as string[]).flatMap((name) => events[name] ?? [])

const toldUrls = (context: IHookFunctions) => ask(context, 'GET', 'me')

async function ask(
  context: IHookFunctions | IWebhookFunctions,
  method: IHttpRequestMethods,
  call: string,
  body?: IDataObject,
): Promise<IDataObject> {
  const { url, instanceId, token } =
    await context.getCredentials<Record<string, string>>('recadoApi')
  const place = `${url.replace(/\/+$/u, '')}/instances/${instanceId}/token/${token}`
  try {
    return await context.helpers.httpRequestWithAuthentication.call(context, 'recadoApi', {
      method,
      url: `${place}/${call}`,
      ...(body === undefined ? {} : { body }),
      json: true,
    })
  } catch (error) {
    throw new NodeApiError(context.getNode(), error as JsonObject)
  }
}
