// The keys of the console as they come: letters by what they lead to.
export interface Shortcut {
  keys: string[]
  words_key: string
}

/** Letters after G, by address. */
export const GO: Record<string, string> = {
  '/': 'h', '/notices': 'n', '/orders/inbox': 'i', '/orders/board': 'b', '/orders': 'o', '/requests': 'r', '/assets': 'a', '/locations': 'l', '/people': 'p', '/imports': 'm', '/journal': 'j', '/bin': 'd', '/administration/system': 's',
}

/** New things, by letter; each needs its right. */
export const MAKE = [
  { key: 'n', to: '/orders/new', words_key: 'order.new', grant: 'work.order.create' },
  { key: 'c', to: '/requests/new', words_key: 'request.take', grant: 'service.request.create' },
] as const

export const SHORTCUTS: Shortcut[] = [
  { keys: ['Ctrl', 'K'], words_key: 'keys.palette' },
  { keys: ['F1'], words_key: 'help.open' },
  { keys: ['?'], words_key: 'keys.sheet' },
  { keys: ['/'], words_key: 'keys.search' },
  { keys: ['↑', '↓'], words_key: 'keys.walk' },
  { keys: ['Enter'], words_key: 'keys.open' },
  { keys: ['F2'], words_key: 'keys.edit' },
  { keys: ['Space'], words_key: 'keys.mark' },
  { keys: ['Ctrl', 'A'], words_key: 'keys.mark_all' },
  { keys: ['A'], words_key: 'keys.give' },
  { keys: ['M'], words_key: 'keys.move' },
  { keys: ['Ctrl', 'Z'], words_key: 'keys.undo' },
  { keys: ['Esc'], words_key: 'keys.leave' },
]
