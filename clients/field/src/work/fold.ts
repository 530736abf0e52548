// What an order looks like once the verbs that wait have happened: the server's last word with one's own put on top.
import { isGranted, legalVerbs, targetOf, type Answer, type Verb } from '@trunnion/kit/offline'
import moves from 'virtual:moves'
import { ORDER, type LinkedFile, type Order, type Task, type Timer } from './types'

const MACHINE = moves[ORDER]!
/** The steps of whoever does the work; the desk's are not for this app. */
export const FIELD_VERBS = ['accept', 'depart', 'arrive', 'start', 'resume', 'complete', 'confirm', 'close', 'grab', 'wait', 'decline', 'switch']
const ENDS_CLOCKS = ['wait', 'complete', 'decline']
const OPEN_LINES = ['task.answer', 'task.add', 'labour.begin', 'labour.finish', 'labour.record', 'failure.record', 'follow_up.create']

type Args = Record<string, unknown>
const text = (args: Args, name: string): string => String(args[name] ?? '')

/** Where a move back will lead from here: resuming goes on where the wait began. */
function backOf(order: Order, verb: string): string {
  if (verb === 'wait') return order.state
  return verb === 'accept' ? (order.planned_from_at ? 'planned' : 'approved') : ''
}

function moved(order: Order, verb: string, args: Args, at: string): Order {
  const state = targetOf(MACHINE, order.state, verb, order.returns_to)
  if (!state) return order
  const next: Order = { ...order, state, state_at: at, returns_to: backOf(order, verb), waiting_reason: verb === 'wait' ? text(args, 'reason') : '' }
  if (ENDS_CLOCKS.includes(verb)) next.timers = next.timers?.filter((one) => one.resource_id !== order.own_resource_id)
  if (verb === 'complete') next.remedy = text(args, 'remedy')
  if (verb === 'confirm') next.confirmations = [...order.confirmations, { signer_name: text(args, 'signer_name'), is_accepted: true, given_at: at }]
  return next
}

function withTimer(order: Order, args: Args, at: string): Order {
  const own: Timer = { resource_id: order.own_resource_id ?? '', kind: text(args, 'kind') || 'work', began_at: at }
  return { ...order, timers: [...(order.timers ?? []).filter((one) => one.resource_id !== own.resource_id), own] }
}

const picture = (id: string, role: string): LinkedFile => ({ file_id: id, role, name: '', media_type: 'image/jpeg', has_thumbnail: true, isLocal: true })

const LINES: Record<string, (order: Order, verb: Verb) => Order> = {
  'work.task.answer': (order, { path, args, blobs }) => ({
    ...order,
    tasks: order.tasks.map((task): Task => (path.includes(task.id) ? { ...task, result: text(args, 'result') as Task['result'], note: text(args, 'note'), value: text(args, 'value') } : task)),
    files: [...order.files, ...blobs.map((id) => picture(id, 'after'))],
  }),
  'work.labour.begin': (order, { args, at }) => withTimer(order, args, at),
  'work.labour.finish': (order) => ({ ...order, timers: order.timers?.filter((one) => one.resource_id !== order.own_resource_id) }),
  // Codes: their names are looked up where they are shown.
  'work.failure.record': (order, { key, args }) => ({
    ...order,
    failures: [...(order.failures ?? []), { id: key, mode_name: text(args, 'mode'), mechanism_name: text(args, 'mechanism'), cause_name: text(args, 'cause') }],
  }),
  'work.follow_up.create': (order, { key, args }) => ({ ...order, follow_ups: [...(order.follow_ups ?? []), { row_id: key, number: '', title: text(args, 'title') }] }),
  'attach.comment.add': (order, { key, args, at }) => ({
    ...order,
    comments: [...order.comments, { id: key, text: text(args, 'text'), author_name: '', is_internal: args.is_internal === true, created_at: at, removed_at: null }],
  }),
  'attach.file.link': (order, { path, args, blobs }) => ({
    ...order,
    files: [...order.files, picture(blobs[0] ?? path.split('/')[2] ?? '', text(args, 'role'))],
  }),
}

/** One verb on an order, ahead of the server. */
export function apply(order: Order, verb: Verb): Order {
  const step = verb.name.startsWith(`${ORDER}.`) ? verb.name.slice(ORDER.length + 1) : ''
  // The name stands with the asset on this phone; what else it brings along, such as its place, the server tells.
  if (step === 'switch' && targetOf(MACHINE, order.state, step, '')) return { ...order, asset_id: text(verb.args, 'asset_id'), asset_name: null, asset_number: null, asset_serial: null, model: null }
  if (step) return moved(order, step, verb.args, verb.at)
  return LINES[verb.name]?.(order, verb) ?? order
}

/** The order of a verb that made it on the phone. */
export function made(verb: Verb, ownId: string | null): Order {
  const { args } = verb
  return {
    id: verb.makes ?? '', number: '', version: 0, state: 'requested', state_at: verb.at, kind: text(args, 'kind') || 'corrective', priority: text(args, 'priority') || 'normal',
    title: text(args, 'title'), description: text(args, 'description'), symptom: '', is_stopped: args.is_stopped === true, asset_id: (args.asset_id as string | undefined) ?? null,
    asset_name: verb.label || null, asset_number: null, asset_serial: null, model: null, equipment_class: null, location_id: null, place: null, site: null, customer: null,
    customer_phone: null, leading_id: null, leading: null, reporter_name: '', planned_from_at: null, due_at: null, waiting_reason: '', returns_to: '', remedy: '', end_reason: '',
    tasks: [], files: [], comments: [], confirmations: [], labour: [], timers: [], failures: [], follow_ups: [], own_resource_id: ownId, actions: [], line_actions: [],
  }
}

/** What may be done now, by the table and one's grants: needed as soon as the phone is ahead of the server. */
export function withActions(order: Order, grants: readonly string[]): Order {
  const legal = legalVerbs(MACHINE, order.state).filter((verb) => FIELD_VERBS.includes(verb) && isGranted(grants, `${ORDER}.${verb}`))
  const isMine = order.own_resource_id != null && (order.leading_id === null || order.leading_id === order.own_resource_id)
  const fits = (verb: string): boolean => (verb === 'grab' ? order.leading_id === null : isMine || ['confirm', 'close'].includes(verb))
  const isOver = MACHINE.final.includes(order.state)
  return { ...order, actions: legal.filter(fits), line_actions: isOver ? [] : OPEN_LINES.filter((line) => isGranted(grants, `work.${line}`)) }
}

/** The order with everything that waits for it. */
export function fold(order: Order, verbs: Verb[], grants: readonly string[]): Order {
  if (!verbs.length) return order
  return withActions(verbs.reduce(apply, order), grants)
}

/** The same for what the server has just done: its names in place of the phone's, its version where it is the order's own. */
export function settled(order: Order, verb: Verb, answer: Answer, ids: Record<string, string>, grants: readonly string[]): Order {
  const next = withActions(apply(order, verb), grants)
  const files = next.files.map((file) => (ids[file.file_id] ? { ...file, file_id: ids[file.file_id]!, isLocal: false } : file))
  const isOwn = verb.name.startsWith(`${ORDER}.`)
  const tasks = next.tasks.map((task) => (verb.path.includes(task.id) && answer.version ? { ...task, version: answer.version } : task))
  return { ...next, files, tasks, ...(isOwn && answer.version ? { version: answer.version } : {}), ...(isOwn && answer.number ? { number: answer.number } : {}) }
}
