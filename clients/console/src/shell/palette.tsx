// The command palette: go somewhere, do something, find anything; the keyboard is enough.
import { useNavigate } from '@tanstack/react-router'
import { useLook } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { ArrowRight, Search, Zap } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useMe } from '../session'
import { SETTINGS } from '../settings/found'
import { useFinds } from './finds'
import { GO, MAKE } from './key-table'
import { navigationOf } from './nav'
import { useVeil } from './veil'

interface Entry {
  key: string
  label: string
  hint?: string
  icon?: ReactNode
  run: () => unknown
  isFound?: boolean
  /** Other words by which it is known, in whatever language the reader thinks. */
  also?: string
}

interface Group {
  name: string
  entries: Entry[]
}

const RECENT = 'trunnion.recent'
const MOST_RECENT = 6

interface Recent {
  label: string
  hint: string
  to: string
}

function recents(): Recent[] {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) ?? '[]') as Recent[]
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

function remember(one: Recent): void {
  localStorage.setItem(RECENT, JSON.stringify([one, ...recents().filter((other) => other.to !== one.to)].slice(0, MOST_RECENT)))
}

/** What the page behind offers just now, by the words on its buttons; what is offered for marked rows comes first. */
function pageActions(): Entry[] {
  const found = ['main .mark-bar :is(button, a)', 'main .page-actions :is(button, a)'].flatMap((where) => Array.from(document.querySelectorAll<HTMLElement>(where)))
  return found.flatMap((element, index) => {
    const label = element.textContent?.trim() || element.getAttribute('aria-label') || ''
    if (!label || element.closest('a') !== null && element.tagName === 'BUTTON' || element.hasAttribute('disabled')) return []
    return [{ key: `page-${index}`, label, icon: <Zap size={15} aria-hidden />, also: element.dataset.also, run: () => element.click() }]
  })
}

const holds = (entry: Entry, typed: string): boolean => `${entry.label} ${entry.hint ?? ''} ${entry.key} ${entry.also ?? ''}`.toLowerCase().includes(typed)
/** Who types the beginning of a deed means it, and not a record that happens to hold the word. */
const begins = (entry: Entry, typed: string): boolean => [entry.label, ...(entry.also?.split(' ') ?? [])].some((word) => word.toLowerCase().startsWith(typed))

export default function Palette({ onClose }: { onClose: () => void }) {
  const { t, words, language, setLanguage } = useWords()
  const { mode, choose } = useLook()
  const navigate = useNavigate()
  const grants = useMe()?.grants ?? []
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const [actions] = useState(pageActions)
  const list = useRef<HTMLDivElement>(null)
  const { found, isSearching } = useFinds(typed, grants)
  const wanted = typed.trim().toLowerCase()

  useVeil()

  const other = language === 'en' ? 'zh-CN' : 'en'
  const go: Entry[] = navigationOf(grants).flatMap((group) => group.items).map((item) => ({
    key: item.to, label: t(item.words_key), hint: GO[item.to] && `G ${GO[item.to]!.toUpperCase()}`, icon: <ArrowRight size={15} aria-hidden />, also: SETTINGS.filter((one) => one.to === item.to && words.has(one.find)).map((one) => t(one.find)).join(' '), run: () => navigate({ to: item.to }),
  }))
  const make: Entry[] = MAKE.filter((one) => grants.includes(one.grant)).map((one) => ({ key: one.to, label: t(one.words_key), hint: one.key.toUpperCase(), icon: <Zap size={15} aria-hidden />, run: () => navigate({ to: one.to, search: {} }) }))
  const look: Entry[] = [
    { key: 'language', label: t(`kit.language.${other}`), icon: <Zap size={15} aria-hidden />, run: () => setLanguage(other) },
    { key: 'theme', label: t(mode === 'dark' ? 'theme.light' : 'theme.dark'), icon: <Zap size={15} aria-hidden />, run: () => choose(mode === 'dark' ? 'light' : 'dark') },
  ]
  const known = new Set(make.map((one) => one.label))
  const doing = [...actions.filter((one) => !known.has(one.label)), ...make, ...look]
  const finds = found.map(({ find, rows }): Group => ({
    name: t(`kind.${find.kind}`),
    entries: rows.map((row) => {
      const place = find.to(row)
      const [label, hint] = [find.label(row), find.hint(row)]
      return { key: row.id, label, hint, isFound: true, run: () => { remember({ label, hint, to: JSON.stringify(place) }); return navigate(place as never) } }
    }),
  }))
  const past: Entry[] = wanted ? [] : recents().map((one) => ({ key: one.to, label: one.label, hint: one.hint, run: () => navigate(JSON.parse(one.to) as never) }))
  const deeds: Group = { name: t('palette.do'), entries: doing.filter((one) => !wanted || holds(one, wanted)) }
  const isMeant = wanted.length > 1 && deeds.entries.some((one) => begins(one, wanted))
  const groups: Group[] = [
    { name: t('palette.recent'), entries: past },
    ...(isMeant ? [{ ...deeds, entries: deeds.entries.toSorted((a, b) => Number(begins(b, wanted)) - Number(begins(a, wanted))) }] : []),
    ...(wanted ? finds : []),
    ...(isMeant ? [] : [deeds]),
    { name: t('palette.go'), entries: go.filter((one) => !wanted || holds(one, wanted)) },
  ].filter((group) => group.entries.length > 0)
  const all = groups.flatMap((group) => group.entries)
  const current = Math.min(at, all.length - 1)

  useEffect(() => {
    // Some browsers answer a promise, which is no clean-up.
    void list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })

  function run(entry: Entry | undefined): void {
    if (!entry) return
    onClose()
    // The page takes its life back first: what is run may open a dialog of its own.
    setTimeout(() => void entry.run(), 0)
  }

  function onKey(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter') run(all[current])
    else if (event.key in steps) setAt(Math.max(0, Math.min(all.length - 1, current + steps[event.key]!)))
    else return
    event.preventDefault()
  }

  let index = -1
  return createPortal(
    <div className="palette-veil">
      <button type="button" className="palette-away" tabIndex={-1} aria-label={t('kit.close')} onClick={onClose} />
      <div className="palette" role="dialog" aria-modal="true" aria-label={t('palette.title')}>
        <div className="palette-field">
          <Search size={17} aria-hidden />
          <input autoFocus role="combobox" aria-expanded aria-controls="palette-list" aria-activedescendant={current >= 0 ? `palette-${current}` : undefined} aria-label={t('palette.title')} placeholder={t('palette.hint')} value={typed} onChange={(event) => { setTyped(event.target.value); setAt(0) }} onKeyDown={onKey} />
          <kbd>Esc</kbd>
        </div>
        <div className="palette-list" id="palette-list" role="listbox" aria-label={t('palette.title')} aria-busy={isSearching} ref={list}>
          {groups.map((group) => (
            <div key={group.name} role="group" aria-label={group.name}>
              <p className="palette-group" aria-hidden>{group.name}</p>
              {group.entries.map((entry) => {
                index += 1
                const own = index
                return (
                  <button type="button" key={`${group.name}${entry.key}`} id={`palette-${own}`} role="option" tabIndex={-1} aria-selected={own === current} className="palette-entry" data-found={entry.isFound} onMouseMove={() => { if (own !== current) setAt(own) }} onClick={() => run(entry)}>
                    {entry.icon}<span className="palette-label">{entry.label}</span>{entry.hint && <span className="palette-hint">{entry.hint}</span>}
                  </button>
                )
              })}
            </div>
          ))}
          {all.length === 0 && <p className="palette-none" role="status">{t(isSearching ? 'kit.loading' : 'kit.nothing_matches')}</p>}
        </div>
      </div>
    </div>,
    document.body,
  )
}
