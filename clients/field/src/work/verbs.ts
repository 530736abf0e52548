// The verbs of this app, each as the intention that the queue keeps.
import { blobName, localName, type Intent } from '@trunnion/kit/offline'
import { ORDER, type CodeList, type Order, type Task, type TaskResult } from './types'

const recordOf = (order: Pick<Order, 'id'>): string => `${ORDER}:${order.id}`
const labelOf = (order: Order): string => [order.number, order.title].filter(Boolean).join(' ')

/** A step of the order; `at` is also an argument, because the server books by it. */
export function step(order: Order, verb: string, at: string, args: Record<string, unknown> = {}): Intent {
  return { name: `${ORDER}.${verb}`, path: `work/orders/${order.id}/${verb}`, args: { ...args, at }, record: recordOf(order), at, label: labelOf(order) }
}

const line = (order: Order, name: string, path: string, args: Record<string, unknown>, at?: string): Intent => ({ name, path, args, record: recordOf(order), ...(at ? { at } : {}), label: labelOf(order) })

/** The order is about another machine than was thought. */
export const switchAsset = (order: Order, assetId: string): Intent => line(order, `${ORDER}.switch`, `work/orders/${order.id}/switch`, { asset_id: assetId })

/** What somebody answers to a check. */
export interface Said {
  result: TaskResult
  note?: string
  value?: string
  photo?: { blob: Blob; name: string }
  strokes?: string
}

/** A check carries the version that was on the screen: a colleague may have answered it meanwhile. */
export function answerTask(order: Order, task: Task, { result, note = '', value = '', photo: taken, strokes }: Said): Intent {
  const id = blobName()
  const args = { result, note, value, ...(taken ? { file_id: id } : {}), ...(strokes ? { signature_png_base64: strokes } : {}) }
  return {
    ...line(order, 'work.task.answer', `work/tasks/${task.id}/answer`, args), seen: task.version, base: { result: task.result, note: task.note, value: task.value ?? '' },
    ...(taken ? { files: [{ id, file: taken.blob, name: taken.name }] } : {}),
  }
}

export const beginClock = (order: Order, at: string): Intent => line(order, 'work.labour.begin', 'work/labour/begin', { order_id: order.id, kind: 'work', switch: true, at }, at)
export const finishClock = (order: Order, at: string): Intent => line(order, 'work.labour.finish', 'work/labour/finish', { order_id: order.id, at }, at)

export function recordFailure(order: Order, codes: Partial<Record<CodeList, string>>): Intent {
  return line(order, 'work.failure.record', 'work/failures/record', { order_id: order.id, ...codes })
}

/** With the check that it was found at, the server puts down what was seen there. */
export const followUp = (order: Order, title: string, reason: string, taskId?: string): Intent => line(order, 'work.follow_up.create', 'work/follow_ups/create', { order_id: order.id, title, reason, ...(taskId ? { task_id: taskId } : {}) })

export function comment(order: Order, said: string, isInternal: boolean, recording?: { file: Blob; name: string }): Intent {
  const id = blobName()
  const args = { kind: ORDER, row_id: order.id, text: said, is_internal: isInternal, ...(recording ? { file_ids: [id] } : {}) }
  return { ...line(order, 'attach.comment.add', 'attach/comments/add', args), ...(recording ? { files: [{ id, ...recording }] } : {}) }
}

export function photo(order: Order, file: Blob, name: string, role: string): Intent {
  const id = blobName()
  return { ...line(order, 'attach.file.link', `attach/files/${id}/link`, { kind: ORDER, row_id: order.id, role }), files: [{ id, file, name }] }
}

export function createOrder(args: Record<string, unknown>, assetName: string): Intent & { makes: string } {
  const makes = localName()
  return { name: `${ORDER}.create`, path: 'work/orders/create', args, record: `${ORDER}:${makes}`, makes, label: assetName }
}
