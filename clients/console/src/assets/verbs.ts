// What each move of an asset's life asks for: the facts that its paper is made of.
import type { FieldSpec, VerbSpec } from '@trunnion/kit/ui'
import { choices } from '../orders/verbs'
import { partyReference, positionReference } from '../references'
import { ASSET } from './data'
import { locationReference } from './references'

const CURRENCIES = ['CNY', 'EUR', 'USD', 'GBP', 'JPY', 'HKD', 'SGD', 'CHF']
const DISPOSALS = ['scrapped', 'sold', 'auctioned', 'recycled', 'returned']
const MONEY = ['amount', 'residual_value', 'proceeds']

const word = (key: string): string => `field.${ASSET}.${key}`
const text = (key: string): FieldSpec => ({ key, type: 'text', words_key: word(key), isHalf: true })
const money = (key: string): FieldSpec => ({ key, type: 'number', words_key: word(key), min: 0, isHalf: true })
const day = (key: string): FieldSpec => ({ key, type: 'date', words_key: word(key), isHalf: true })
const party = (key: string): FieldSpec => ({ key, type: 'reference', words_key: word(key), reference: partyReference, isHalf: true })

const remark: FieldSpec = { key: 'remark', type: 'longtext', words_key: word('remark') }
const paper: FieldSpec = { key: 'paper_file_id', type: 'files', isSingle: true, words_key: word('paper_file_id') }
const at: FieldSpec = { key: 'at', type: 'datetime', words_key: word('at'), isHalf: true, help_key: 'life.at_help' }
const location: FieldSpec = { key: 'location_id', type: 'reference', words_key: word('location_id'), reference: locationReference }
const position: FieldSpec = {
  key: 'position_id', type: 'reference', words_key: word('position_id'),
  reference: { ...positionReference, filter: ({ location_id }) => (location_id ? { field: 'location_id', op: 'eq', value: location_id } : undefined) },
}
const currency = (home: string): FieldSpec => ({
  key: 'currency', type: 'choice', words_key: word('currency'), isHalf: true,
  choices: [...new Set([home, ...CURRENCIES])].map((value) => ({ value, words_key: '', label: value })),
  when: (values) => MONEY.some((key) => values[key] !== undefined && values[key] !== null && values[key] !== ''),
})

/** Figures go as they were typed; a currency goes only with an amount. */
export function paperArgs(values: Record<string, unknown>): object {
  const args = { ...values }
  const said = MONEY.filter((key) => args[key] !== undefined)
  for (const key of said) args[key] = String(args[key])
  if (!said.length) delete args.currency
  return args
}

function fieldsOf(home: string): Record<string, FieldSpec[]> {
  const own = currency(home)
  const plain = [remark, at, paper]
  return {
    request: [money('amount'), own, day('needed_on'), remark, paper],
    order: [text('reference'), party('supplier_party_id'), money('amount'), own, day('expected_on'), remark, paper],
    receive: [text('reference'), at, remark, paper],
    install: [location, position, remark, at, paper],
    move: [location, position, remark, at, paper],
    transfer: [location, position, party('owner_party_id'), party('user_party_id'), text('reference'), money('residual_value'), own, remark, paper],
    store: [location, ...plain],
    remove: [location, ...plain],
    commission: plain,
    stand_by: plain,
    lay_idle: plain,
    take_out: plain,
    repair: plain,
    restore: plain,
    decommission: [text('reference'), money('residual_value'), own, ...plain],
    dispose: [
      { key: 'disposal', type: 'choice', words_key: word('disposal'), isRequired: true, choices: choices(DISPOSALS, `choice.${ASSET}.disposal`) },
      text('reference'), party('receiver_party_id'), money('residual_value'), money('proceeds'), own, remark, paper,
    ],
    withdraw: [remark, paper],
    reinstate: [remark, paper],
    unmerge: [],
  }
}

/** Why a move is made, where its name alone may be misread. */
const INTROS = new Set(['transfer', 'decommission', 'dispose', 'lay_idle', 'store', 'remove'])
const RANKS: Record<string, number> = { restore: 1, commission: 1, install: 2, accept: 2, receive: 2, order: 2, request: 2, take_out: 3, move: 4 }
const DANGERS = new Set(['decommission', 'dispose', 'withdraw'])

export const LIFE_VERBS = new Set([
  'request', 'order', 'receive', 'accept', 'fail_acceptance', 'store', 'install', 'commission', 'stand_by', 'lay_idle', 'take_out', 'repair', 'restore',
  'remove', 'move', 'transfer', 'decommission', 'dispose', 'withdraw', 'reinstate',
])

export type Opens = Partial<Record<string, () => void>>

/** `opens` are the forms that the page draws itself. */
export function assetVerbs(home: string, opens: Opens): Record<string, VerbSpec> {
  const specs: Record<string, VerbSpec> = {}
  for (const [verb, fields] of Object.entries(fieldsOf(home))) {
    specs[verb] = { fields, rank: RANKS[verb], isDanger: DANGERS.has(verb), initial: { currency: home }, toArgs: paperArgs, intro_key: INTROS.has(verb) ? `life.intro.${verb}` : undefined }
  }
  for (const [verb, open] of Object.entries(opens)) specs[verb] = { rank: RANKS[verb], open }
  return specs
}
