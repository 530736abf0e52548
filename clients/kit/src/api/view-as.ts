// Looking as another member: kept for this tab only, sent with each request, changes nothing.
const KEY = 'trunnion.view-as'

export interface ViewedAs {
  id: string
  name: string
}

export function viewedAs(): ViewedAs | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as ViewedAs | null
  } catch {
    return null
  }
}

/** Begins to look as somebody, or ends it; the page is loaded anew, so that nothing of the other view stays. */
export function viewAs(member: ViewedAs | null, to: string): void {
  if (member) sessionStorage.setItem(KEY, JSON.stringify(member))
  else sessionStorage.removeItem(KEY)
  location.assign(to)
}
