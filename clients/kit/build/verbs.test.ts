// Forms from the contract.
import { expect, it } from 'vitest'
import { verbsOf } from './verbs.ts'

it('reads the arguments of a verb and leaves other routes alone', () => {
  const post = (permission: string, schema: object) => ({ post: { 'x-permission': permission, requestBody: { content: { 'application/json': { schema } } } } })
  const verbs = verbsOf({
    paths: {
      '/api/assets/assets/{asset_id}/dispose': post('assets.asset.dispose', { $ref: '#/components/schemas/Dispose' }),
      '/api/assets/assets/create': post('assets.asset.create', { properties: { name: { type: 'string' } } }),
      '/api/assets/assets/{asset_id}/accept': post('assets.asset.accept', {}),
    },
    components: {
      schemas: {
        Dispose: {
          type: 'object',
          required: ['disposal'],
          properties: {
            disposal: { $ref: '#/components/schemas/Disposal' },
            at: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
            location_id: { type: 'string', format: 'uuid' },
            remark: { type: 'string', maxLength: 20_000 },
            scopes: { type: 'array', items: {} },
          },
        },
        Disposal: { type: 'string', enum: ['sold', 'scrapped'] },
      },
    },
  })
  expect(verbs).toEqual({
    'assets.asset.dispose': [['disposal', 'choice', 1, ['sold', 'scrapped']], ['at', 'datetime', 0], ['location_id', 'reference', 0], ['remark', 'longtext', 0]],
    'assets.asset.accept': [],
  })
})
