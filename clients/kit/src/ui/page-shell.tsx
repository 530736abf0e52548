// The frame of every page: where one is, what it is called, what can be done.
import { useEffect, type ReactNode } from 'react'

interface PageShellProps {
  title: string
  /** Stands before the title: a number, a way back. */
  over?: ReactNode
  /** Stands beside the title: state, priority. */
  tags?: ReactNode
  actions?: ReactNode
  /** The content takes the height that is left and scrolls by itself (lists). */
  isFilling?: boolean
  children: ReactNode
}

export function PageShell({ title, over, tags, actions, isFilling, children }: PageShellProps) {
  useEffect(() => {
    document.title = `${title} · Trunnion`
  }, [title])
  return (
    <div className={isFilling ? 'page page-filling' : 'page'}>
      <header className="page-head">
        <div className="page-heading">
          {over && <div className="page-over">{over}</div>}
          <div className="page-title-row">
            <h1 className="page-title">{title}</h1>
            {tags && <div className="page-tags">{tags}</div>}
          </div>
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function Section({ title, extra, children, isBare, id }: { title?: ReactNode; extra?: ReactNode; children: ReactNode; isBare?: boolean; id?: string }) {
  return (
    <section className="section" id={id}>
      {(title || extra) && (
        <header className="section-head">
          <h2 className="section-title">{title}</h2>
          {extra}
        </header>
      )}
      <div className={isBare ? 'section-bare' : 'section-body'}>{children}</div>
    </section>
  )
}

export interface Fact {
  label: string
  value: ReactNode
}

/** A list of facts; what is not known is left out unless the page asks for it. */
export function Facts({ facts }: { facts: (Fact | null | false | undefined)[] }) {
  const known = facts.filter((fact): fact is Fact => Boolean(fact) && (fact as Fact).value !== null && (fact as Fact).value !== undefined && (fact as Fact).value !== '')
  return (
    <dl className="facts">
      {known.map((fact) => (
        <div key={fact.label} className="fact">
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
