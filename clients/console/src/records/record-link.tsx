// A link to a record of any kind that has a page; the bare words for others.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { listingOf } from '../lists/listings'

interface RecordLinkProps {
  kind: string
  id: string | null
  className?: string
  onClick?: () => void
  children: ReactNode
}

export function RecordLink({ kind, id, children, ...rest }: RecordLinkProps) {
  if (!id) return children
  switch (kind) {
    case 'work.order': return <Link to="/orders/$id" params={{ id }} {...rest}>{children}</Link>
    case 'assets.asset': return <Link to="/assets/$id" params={{ id }} {...rest}>{children}</Link>
    case 'catalog.item': return <Link to="/items/$id" params={{ id }} {...rest}>{children}</Link>
    case 'inventory.purchase_order': return <Link to="/purchases/$id" params={{ id }} {...rest}>{children}</Link>
    case 'assets.location': return <Link to="/locations" search={{ at: id }} {...rest}>{children}</Link>
    case 'assets.lifecycle_document': return <Link to="/papers/$id" params={{ id }} {...rest}>{children}</Link>
    case 'assets.idle_finding': return <Link to="/idle/$id" params={{ id }} {...rest}>{children}</Link>
    case 'service.request': return <Link to="/requests/$id" params={{ id }} {...rest}>{children}</Link>
    case 'identity.approval': return <Link to="/approvals/$id" params={{ id }} {...rest}>{children}</Link>
    case 'identity.membership': return <Link to="/people/$id" params={{ id }} {...rest}>{children}</Link>
    case 'kernel.job': return <Link to="/administration/jobs" search={{ group: 'parked' }} {...rest}>{children}</Link>
    default: {
      const listed = listingOf(kind)
      if (!listed?.hasPages) return children
      const [room, thing] = listed.path.split('/') as [string, string]
      return <Link to="/lists/$room/$thing/$id" params={{ room, thing, id }} {...rest}>{children}</Link>
    }
  }
}
