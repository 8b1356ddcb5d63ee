import {
  type IExecuteSingleFunctions,
  type IHttpRequestOptions,
  NodeOperationError,
} from 'n8n-workflow'

/**
 * Names the message by its place in the execution: what n8n sends again after an error ("Retry On
 * Fail") is accepted once.
 */
export async function underKey(
  this: IExecuteSingleFunctions,
  options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
  const execution = this.getExecutionId()
  if (execution === undefined) return options
  const run = String(this.evaluateExpression('{{ $runIndex }}', this.getItemIndex()))
  const place = [this.getWorkflow().id, execution, this.getNode().id, run, this.getItemIndex()]
  return { ...options, headers: { ...options.headers, 'Idempotency-Key': place.join('-') } }
}

/** For an attribute that holds a list or an object, which people write as JSON. */
export function jsonIn(name: string) {
  return async function (
    this: IExecuteSingleFunctions,
    options: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> {
    const body = { ...Object(options.body) }
    if (typeof body[name] !== 'string') return options
    try {
      body[name] = JSON.parse(body[name])
    } catch {
      throw new NodeOperationError(this.getNode(), `${name} is not JSON`, {
        itemIndex: this.getItemIndex(),
        description: 'Write a list in [ ] or an object in { }, with texts in double quotes.',
      })
    }
    return { ...options, body }
  }
}
