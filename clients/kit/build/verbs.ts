// Vite plugin: what each verb of the contract asks for, so that a form can be drawn for any of them.
import { existsSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

interface Schema {
  $ref?: string
  type?: string
  format?: string
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  maxLength?: number
  properties?: Record<string, Schema>
  required?: string[]
}

interface Operation {
  'x-permission'?: string | null
  requestBody?: { content?: { 'application/json'?: { schema?: Schema } } }
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

/** One argument: key, type of field, whether it must be given, and its choices. */
export type Argument = [key: string, type: string, isRequired: 0 | 1, choices?: string[]]

const PROSE = 1_000

/** Follows references and drops "or nothing" until the thing itself stands there. */
function plain(api: OpenApi, schema: Schema): Schema {
  if (schema.$ref) return plain(api, api.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  const parts = (schema.anyOf ?? schema.allOf)?.filter((part) => part.type !== 'null')
  return parts?.[0] ? plain(api, parts[0]) : schema
}

function typeOf(key: string, schema: Schema): string | null {
  if (schema.enum) return 'choice'
  if (key.endsWith('_png_base64')) return 'signature'
  if (/file_ids?$/.test(key)) return 'files'
  if (schema.type === 'array' && schema.items?.enum) return 'choices'
  if (schema.type === 'boolean') return 'boolean'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type !== 'string') return null
  if (schema.format === 'uuid') return 'reference'
  if (schema.format === 'date-time') return 'datetime'
  if (schema.format === 'date') return 'date'
  return (schema.maxLength ?? 0) > PROSE ? 'longtext' : 'text'
}

function argumentsOf(api: OpenApi, operation: Operation): Argument[] {
  const body = plain(api, operation.requestBody?.content?.['application/json']?.schema ?? {})
  return Object.entries(body.properties ?? {}).flatMap(([key, schema]): Argument[] => {
    const found = plain(api, schema)
    const item = found.items && plain(api, found.items)
    const type = typeOf(key, item ? { ...found, items: item } : found)
    if (!type) return []
    const isRequired = body.required?.includes(key) ? 1 : 0
    const choices = found.enum ?? (type === 'choices' ? item?.enum : undefined)
    return [choices ? [key, type, isRequired, choices.map(String)] : [key, type, isRequired]]
  })
}

/** Verbs of a record that exists: their path ends in `/{id}/verb`, or they edit its plain facts. */
export function verbsOf(api: OpenApi): Record<string, Argument[]> {
  const verbs: Record<string, Argument[]> = {}
  for (const [path, operations] of Object.entries(api.paths)) {
    const name = operations.post?.['x-permission']
    if (name && /\}\/\w+$/.test(path) && path.endsWith(`/${name.split('.').at(-1)}`)) verbs[name] = argumentsOf(api, operations.post!)
    const edit = operations.patch?.['x-permission']
    if (edit?.endsWith('.edit')) verbs[edit] = argumentsOf(api, operations.patch!)
  }
  return verbs
}

export function verbsPlugin(contract: string): Plugin {
  const name = 'virtual:verbs'
  return {
    name: 'trunnion-verbs',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null
      this.addWatchFile(contract)
      const verbs = existsSync(contract) ? verbsOf(JSON.parse(readFileSync(contract, 'utf8')) as OpenApi) : {}
      return `export default ${JSON.stringify(verbs)}`
    },
  }
}
