// Undo stays where it was done.
import { describe, expect, it } from 'vitest'
import { UndoStack } from './undo'

const entry = (key: string, place: string) => ({ key, place, run: () => Promise.resolve() })

describe('what can be taken back', () => {
  it('is the last thing done at the place', () => {
    const stack = new UndoStack()
    stack.push(entry('a', '/orders'))
    stack.push(entry('b', '/orders'))
    stack.push(entry('c', '/assets'))
    expect(stack.take('/orders')?.key).toBe('b')
    expect(stack.take('/orders')?.key).toBe('a')
    expect(stack.take('/orders')).toBeUndefined()
    expect(stack.take('/assets')?.key).toBe('c')
  })

  it('is forgotten once it was taken back by its button, with the person, and when it is long ago', () => {
    const stack = new UndoStack()
    stack.push(entry('a', '/'))
    stack.drop('a')
    expect(stack.take('/')).toBeUndefined()
    for (let n = 0; n < 40; n += 1) stack.push(entry(String(n), '/'))
    let deep = 0
    while (stack.take('/')) deep += 1
    expect(deep).toBe(30)
    stack.push(entry('b', '/'))
    stack.clear()
    expect(stack.take('/')).toBeUndefined()
  })
})
