// What can be taken back: a stack for each place, so that undo never reaches across screens.
export interface Undoable {
  key: string
  place: string
  run: () => Promise<void>
}

const DEEPEST = 30

export class UndoStack {
  private entries: Undoable[] = []

  push(entry: Undoable): void {
    this.entries = [...this.entries, entry].slice(-DEEPEST)
  }

  /** The last thing done at this place; it is taken off the stack. */
  take(place: string): Undoable | undefined {
    const found = this.entries.findLast((one) => one.place === place)
    if (found) this.drop(found.key)
    return found
  }

  drop(key: string): void {
    this.entries = this.entries.filter((one) => one.key !== key)
  }

  /** Nobody takes back what somebody else did before them. */
  clear(): void {
    this.entries = []
  }
}
