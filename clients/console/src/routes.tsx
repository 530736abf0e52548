// The map of the console: every page is fetched when it is first opened.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { Problem, type Api, type Filter } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import type { ListState } from '@trunnion/kit/ui'
import { allWords } from '@trunnion/kit/words'
import type { ReactNode } from 'react'
import { GROUPS, SORTS, type Group, type Sort } from './administration/queue'
import { BY, type By } from './orders/board-data'
import { fetchMe } from './session'
import { Shell } from './shell/shell'
import { SPANS, type Span } from './watch/spans'

interface RouterContext {
  api: Api
  queries: QueryClient
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet })

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** Numbers in an address are read as such. */
const spanOf = (value: unknown): Span | undefined => SPANS.find((one) => one === String(value))

/** A page of its own chunk, shown when its words are there too. */
const page = (load: () => Promise<{ default: () => ReactNode }>) => lazyRouteComponent(async () => (await Promise.all([load(), allWords()]))[0])

/** The state of a table lives in the address, so that a view can be sent to somebody. */
function tableSearch(search: Record<string, unknown>): ListState {
  return {
    search: text(search.search),
    sort: text(search.sort),
    filters: Array.isArray(search.filters) && search.filters.length ? (search.filters as Filter[]) : undefined,
    any: search.any === true || undefined,
    columns: Array.isArray(search.columns) && search.columns.length ? search.columns.map(String) : undefined,
    group: text(search.group),
  }
}

export const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => ({ to: typeof search.to === 'string' ? search.to : undefined }),
  component: lazyRouteComponent(() => import('./shell/sign-in')),
})

const join = createRoute({ getParentRoute: () => root, path: '/join/$token', component: lazyRouteComponent(() => import('./people/join')) })

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const me = await fetchMe(context.api, context.queries)
    if (!me) throw redirect({ to: '/sign-in', search: { to: location.pathname } })
    // Who must prove a second factor sets one up first.
    if (me.awaits_factor && location.pathname !== '/security') throw redirect({ to: '/security' })
  },
  component: Shell,
})

const home = createRoute({ getParentRoute: () => inside, path: '/', component: page(() => import('./home/home')) })

export const ordersRoute = createRoute({
  getParentRoute: () => inside,
  path: '/orders',
  validateSearch: tableSearch,
  component: page(() => import('./orders/list')),
})
const inbox = createRoute({ getParentRoute: () => inside, path: '/orders/inbox', component: page(() => import('./orders/inbox')) })
export const newOrderRoute = createRoute({
  getParentRoute: () => inside,
  path: '/orders/new',
  validateSearch: (search): { asset?: string } => ({ asset: typeof search.asset === 'string' ? search.asset : undefined }),
  component: page(() => import('./orders/new')),
})
export const orderRoute = createRoute({ getParentRoute: () => inside, path: '/orders/$id', component: page(() => import('./orders/order')) })

export const assetsRoute = createRoute({
  getParentRoute: () => inside,
  path: '/assets',
  validateSearch: tableSearch,
  component: page(() => import('./assets/list')),
})
export const assetRoute = createRoute({ getParentRoute: () => inside, path: '/assets/$id', component: page(() => import('./assets/asset')) })
export const locationsRoute = createRoute({
  getParentRoute: () => inside,
  path: '/locations',
  validateSearch: (search): { at?: string } => ({ at: typeof search.at === 'string' ? search.at : undefined }),
  component: page(() => import('./assets/locations')),
})

const paper = createRoute({ getParentRoute: () => inside, path: '/papers/$id', component: page(() => import('./assets/paper')) })
const approvals = createRoute({
  getParentRoute: () => inside,
  path: '/approvals',
  validateSearch: (search): { tab?: string } => ({ tab: text(search.tab) }),
  component: page(() => import('./approvals/queue')),
})
const approval = createRoute({ getParentRoute: () => inside, path: '/approvals/$id', component: page(() => import('./approvals/approval')) })
const idle = createRoute({
  getParentRoute: () => inside,
  path: '/idle',
  validateSearch: (search): ListState & { tab?: string; need?: string; open?: 'free' | 'claimed' | 'all' } => ({ ...tableSearch(search), tab: text(search.tab), need: text(search.need), open: search.open === 'claimed' || search.open === 'all' ? search.open : undefined }),
  component: page(() => import('./watch/idle')),
})
const finding = createRoute({ getParentRoute: () => inside, path: '/idle/$id', component: page(() => import('./watch/finding')) })
const warranties = createRoute({
  getParentRoute: () => inside,
  path: '/warranties',
  validateSearch: (search): ListState & { span?: Span } => ({ ...tableSearch(search), span: spanOf(search.span) }),
  component: page(() => import('./watch/warranties')),
})
const certificates = createRoute({
  getParentRoute: () => inside,
  path: '/certificates',
  validateSearch: (search): ListState & { span?: Span; tab?: string } => ({ ...tableSearch(search), span: spanOf(search.span), tab: text(search.tab) }),
  component: page(() => import('./watch/certificates')),
})
const duplicates = createRoute({ getParentRoute: () => inside, path: '/duplicates/$kind', component: page(() => import('./merging/pairs')) })
const duplicatesOf = createRoute({
  getParentRoute: () => inside,
  path: '/duplicates',
  beforeLoad: () => { throw redirect({ to: '/duplicates/$kind', params: { kind: 'assets' }, replace: true }) },
})
const compare = createRoute({ getParentRoute: () => inside, path: '/duplicates/$kind/$id/$into', component: page(() => import('./merging/compare')) })

const cobie = createRoute({
  getParentRoute: () => inside,
  path: '/import/cobie',
  validateSearch: (search): { run?: string } => ({ run: typeof search.run === 'string' ? search.run : undefined }),
  component: page(() => import('./imports/cobie')),
})
const imports = createRoute({
  getParentRoute: () => inside,
  path: '/imports',
  validateSearch: (search): { as?: string; table?: ListState } => ({ as: text(search.as), table: typeof search.table === 'object' && search.table !== null ? tableSearch(search.table as Record<string, unknown>) : undefined }),
  component: page(() => import('./imports/start')),
})
const importRun = createRoute({ getParentRoute: () => inside, path: '/imports/$id', component: page(() => import('./imports/run')) })
const member = createRoute({ getParentRoute: () => inside, path: '/people/$id', component: page(() => import('./people/member')) })
const role = createRoute({ getParentRoute: () => inside, path: '/people/roles/$id', component: page(() => import('./people/role')) })
const people = createRoute({ getParentRoute: () => inside, path: '/people', component: page(() => import('./people/people')) })
const bin = createRoute({ getParentRoute: () => inside, path: '/bin', component: page(() => import('./journal/bin')) })
const journal = createRoute({ getParentRoute: () => inside, path: '/journal', component: page(() => import('./journal/journal')) })

const requests = createRoute({
  getParentRoute: () => inside,
  path: '/requests',
  validateSearch: (search): ListState & { all?: boolean } => ({ ...tableSearch(search), all: search.all === true || undefined }),
  component: page(() => import('./requests/list')),
})
const newRequest = createRoute({
  getParentRoute: () => inside,
  path: '/requests/new',
  validateSearch: (search): { asset?: string } => ({ asset: typeof search.asset === 'string' ? search.asset : undefined }),
  component: page(() => import('./requests/new')),
})
const request = createRoute({ getParentRoute: () => inside, path: '/requests/$id', component: page(() => import('./requests/request')) })
const item = createRoute({ getParentRoute: () => inside, path: '/items/$id', component: page(() => import('./items/item')) })
const lists = createRoute({ getParentRoute: () => inside, path: '/lists', component: page(() => import('./lists/index-page')) })
const listPage = createRoute({
  getParentRoute: () => inside,
  path: '/lists/$room/$thing',
  validateSearch: tableSearch,
  component: page(() => import('./lists/list-page')),
})
const recordPage = createRoute({ getParentRoute: () => inside, path: '/lists/$room/$thing/$id', component: page(() => import('./lists/record-page')) })
const board = createRoute({
  getParentRoute: () => inside,
  path: '/orders/board',
  validateSearch: (search): { team?: string; by?: By } => ({ team: text(search.team), by: BY.find((one) => one === search.by) }),
  component: page(() => import('./orders/board')),
})
const purchases = createRoute({
  getParentRoute: () => inside,
  path: '/purchases',
  validateSearch: (search): { tab?: string } => ({ tab: text(search.tab) }),
  component: page(() => import('./purchases/list')),
})
const purchase = createRoute({ getParentRoute: () => inside, path: '/purchases/$id', component: page(() => import('./purchases/purchase')) })
const stock = createRoute({ getParentRoute: () => inside, path: '/stock', validateSearch: tableSearch, component: page(() => import('./stock/list')) })
const stockItem = createRoute({ getParentRoute: () => inside, path: '/stock/$id', component: page(() => import('./stock/item')) })
const stores = createRoute({ getParentRoute: () => inside, path: '/stores', validateSearch: tableSearch, component: page(() => import('./stock/stores')) })
const store = createRoute({ getParentRoute: () => inside, path: '/stores/$id', component: page(() => import('./stock/store')) })
const system = createRoute({ getParentRoute: () => inside, path: '/administration/system', component: page(() => import('./administration/system')) })
const jobs = createRoute({
  getParentRoute: () => inside,
  path: '/administration/jobs',
  validateSearch: (search): { group?: Group; sort?: Sort } => ({ group: GROUPS.find((one) => one === search.group), sort: SORTS.find((one) => one === search.sort) }),
  component: page(() => import('./administration/jobs')),
})
const labels = createRoute({
  getParentRoute: () => inside,
  path: '/labels',
  validateSearch: (search): { ids?: string[]; marked?: boolean } => ({ ids: Array.isArray(search.ids) && search.ids.length ? search.ids.map(String) : undefined, marked: search.marked === true || undefined }),
  component: page(() => import('./labels/studio')),
})
const takeAlong = createRoute({ getParentRoute: () => inside, path: '/administration/export', component: page(() => import('./administration/export')) })
const bring = createRoute({ getParentRoute: () => inside, path: '/administration/bring', component: page(() => import('./administration/bring')) })
const organisation = createRoute({ getParentRoute: () => inside, path: '/administration/organisation', component: page(() => import('./administration/organisation')) })
const tokens = createRoute({ getParentRoute: () => inside, path: '/administration/tokens', component: page(() => import('./administration/tokens')) })

const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  validateSearch: (search): { all?: boolean } => ({ all: search.all === true || undefined }),
  component: page(() => import('./notices/inbox')),
})
const noticeWishes = createRoute({ getParentRoute: () => inside, path: '/notices/settings', component: page(() => import('./notices/wishes')) })
const fields = createRoute({
  getParentRoute: () => inside,
  path: '/administration/fields',
  validateSearch: (search): { kind?: string } => ({ kind: text(search.kind) }),
  component: page(() => import('./settings/fields')),
})

const codes = createRoute({
  getParentRoute: () => inside,
  path: '/administration/codes',
  validateSearch: (search): { list?: string; class?: string } => ({ list: text(search.list), class: text(search.class) }),
  component: page(() => import('./settings/codes')),
})
const tags = createRoute({ getParentRoute: () => inside, path: '/administration/tags', component: page(() => import('./settings/tags')) })
const numbering = createRoute({ getParentRoute: () => inside, path: '/administration/numbering', component: page(() => import('./settings/numbering')) })
const standards = createRoute({
  getParentRoute: () => inside,
  path: '/administration/standards',
  validateSearch: (search): { tab?: string } => ({ tab: text(search.tab) }),
  component: page(() => import('./settings/standards')),
})

const security = createRoute({ getParentRoute: () => inside, path: '/security', component: page(() => import('./security/security')) })

const setup = createRoute({ getParentRoute: () => inside, path: '/administration/setup', component: page(() => import('./settings/setup')) })

const procedures = createRoute({ getParentRoute: () => inside, path: '/procedures', validateSearch: tableSearch, component: page(() => import('./procedures/list')) })
const procedure = createRoute({ getParentRoute: () => inside, path: '/procedures/$id', component: page(() => import('./procedures/procedure')) })

const tree = root.addChildren([
  signInRoute,
  join,
  inside.addChildren([home, ordersRoute, inbox, newOrderRoute, orderRoute, assetsRoute, assetRoute, locationsRoute, cobie, imports, importRun, people, member, role, bin, journal, requests, newRequest, request, tokens, item, lists, listPage, recordPage, purchases, purchase, stock, stockItem, stores, store, board, system, jobs, labels, takeAlong, bring, organisation, setup, fields, codes, tags, numbering, standards, paper, approvals, approval, idle, finding, warranties, certificates, duplicates, duplicatesOf, compare, notices, noticeWishes, security, procedures, procedure]),
])

export function makeRouter(context: RouterContext) {
  return createRouter({
    routeTree: tree,
    context,
    basepath: '/app',
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Loading lines={8} />,
    defaultErrorComponent: ({ error, reset }) => <Failed error={error} onRetry={reset} />,
    defaultNotFoundComponent: () => <NotFound />,
    scrollRestoration: true,
  })
}

function NotFound() {
  return <Failed error={new Problem(404, {})} />
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
