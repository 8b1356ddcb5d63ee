import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow'
import { operations, resources } from './calls'

export class Recado implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Recado',
    name: 'recado',
    icon: { light: 'file:../../icons/recado.svg', dark: 'file:../../icons/recado.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{$parameter["operation"]}}',
    description: 'Send WhatsApp messages and one-time codes by a self-hosted gateway',
    defaults: { name: 'Recado' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'recadoApi', required: true }],
    requestDefaults: {
      baseURL:
        '={{$credentials.url.replace(/\\/+$/, "")}}/instances/{{$credentials.instanceId}}/token/{{$credentials.token}}',
      headers: { Accept: 'application/json' },
    },
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: resources,
        default: 'message',
      },
      ...operations,
    ],
  }
}
