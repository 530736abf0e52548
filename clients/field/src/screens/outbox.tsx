// What was done here and where it is: sent, waiting, or refused, with both sides of a clash next to each other.
import { Problem, problemWords } from '@trunnion/kit/api'
import { isConflict, type Queued, type Verb } from '@trunnion/kit/offline'
import { useWords } from '@trunnion/kit/words'
import { CircleCheck, Hourglass, RefreshCw, TriangleAlert, Undo2 } from 'lucide-react'
import { State } from '../parts/badges'
import { Top, useField } from '../parts/context'

const SHOWN_SENT = 12

/** Only what a reader can read: the fields that both sides have given a value. */
function Sides({ one }: { one: Queued }) {
  const { t, words } = useWords()
  const { theirs } = one.refusal ?? {}
  if (!theirs) return null
  const worded = (field: string, value: unknown): string => {
    const key = `choice.work.task.${field}.${String(value)}`
    if (value && words.has(key)) return t(key)
    return value ? String(value) : t('kit.none')
  }
  return (
    <table className="sides">
      <thead><tr><th><span className="visually-hidden">{t('phone.field')}</span></th><th scope="col">{t('phone.mine')}</th><th scope="col">{t('phone.theirs')}</th></tr></thead>
      <tbody>{Object.keys(theirs).filter((field) => one.verb.args[field] || theirs[field]).map((field) => <tr key={field}><th scope="row">{t(`job.side.${field}`)}</th><td>{worded(field, one.verb.args[field])}</td><td>{worded(field, theirs[field])}</td></tr>)}</tbody>
    </table>
  )
}

/** For a step that is no longer possible: what one did, beside what the order has become. */
function States({ one }: { one: Queued }) {
  const { t } = useWords()
  const state = one.refusal?.facts.state
  if (typeof state !== 'string' || one.refusal?.theirs) return null
  return (
    <table className="sides">
      <thead><tr><th scope="col">{t('phone.mine')}</th><th scope="col">{t('phone.theirs')}</th></tr></thead>
      <tbody><tr><td>{t(`verb.${one.verb.name}`)}</td><td><State state={state} /></td></tr></tbody>
    </table>
  )
}

function Refused({ one }: { one: Queued }) {
  const { t, words, formats } = useWords()
  const { field } = useField()
  const nameOf = useVerbName()
  const { refusal, verb } = one
  if (!refusal) return null
  const problem = new Problem(refusal.status, { code: refusal.code, facts: refusal.facts, errors: refusal.errors })
  return (
    <li className="card refused" data-aside={one.state === 'aside'}>
      <p className="over">{verb.label} · {formats.dateTime(verb.at)}</p>
      <h3><TriangleAlert size={18} aria-hidden /> {nameOf(verb)}</h3>
      <p>{problemWords(words, problem, verb.record.split(':')[0])}</p>
      <Sides one={one} />
      <States one={one} />
      {one.state === 'aside' ? (
        <div className="grid-2">
          <button type="button" className="button button-quiet" onClick={() => void field.keepMine(one.n)}>{t('phone.try_again')}</button>
          <button type="button" className="button button-quiet" onClick={() => void field.throwAway(one.n)}>{t('phone.throw_away')}</button>
        </div>
      ) : (
        <div className="grid-2">
          <button type="button" className="button" onClick={() => void field.keepMine(one.n)}>{t(refusal.theirs ? 'phone.keep_mine' : 'phone.try_again')}</button>
          <button type="button" className="button button-quiet" onClick={() => void field.setAside(one.n)}>{t(isConflict(refusal) ? 'phone.keep_theirs' : 'phone.leave_out')}</button>
        </div>
      )}
    </li>
  )
}

/** A cancelled order refuses step after step: one decision may stand for all of them. */
function ForAll({ blocked, held }: { blocked: Queued[]; held: Queued[] }) {
  const { t } = useWords()
  const { field } = useField()
  const all = [...blocked, ...held]
  if (!blocked.length || all.length < 2) return null
  return <button type="button" className="button button-quiet" onClick={() => void field.setAside(...all.map(({ n }) => n))}>{t('phone.leave_all', { count: all.length })}</button>
}

/** What a verb is called here: a photo is no "file". */
function useVerbName(): (verb: Verb) => string {
  const { t } = useWords()
  return ({ name, args }) => {
    if (name === 'attach.file.link') return t(args.role === 'before' ? 'job.photo_before' : 'job.photo_after')
    return args.file_ids ? t('job.voice') : t(`verb.${name}`)
  }
}

function byRecord(rows: Queued[]): Map<string, Queued[]> {
  const groups = new Map<string, Queued[]>()
  for (const one of rows) groups.set(one.verb.record, [...(groups.get(one.verb.record) ?? []), one])
  return groups
}

/** By order: a whole job would else say its name twenty times. */
function Waiting({ rows }: { rows: Queued[] }) {
  const { t, formats } = useWords()
  const nameOf = useVerbName()
  if (!rows.length) return null
  return (
    <section>
      <h2 className="list-title">{t('phone.waiting_title')} <span className="count">{rows.length}</span></h2>
      {[...byRecord(rows)].map(([record, ones]) => (
        <div key={record} className="group">
          <p className="over">{ones[0]?.verb.label}</p>
          <ul className="rows">{ones.map(({ n, verb }) => <li key={n} className="row row-small"><Hourglass size={18} aria-hidden /><span className="row-text"><strong>{nameOf(verb)}</strong></span><span className="soft">{formats.time(verb.at)}</span></li>)}</ul>
        </div>
      ))}
    </section>
  )
}

export default function OutboxPage() {
  const { t, formats, language } = useWords()
  const { field, state } = useField()
  const blocked = state.queue.filter((one) => one.state === 'blocked')
  const records = new Set(blocked.map(({ verb }) => verb.record))
  const waiting = state.queue.filter((one) => one.state === 'waiting')
  const aside = state.queue.filter((one) => one.state === 'aside')
  const held = waiting.filter(({ verb }) => records.has(verb.record))
  return (
    <>
      <Top title={t('phone.outbox')} back="" />
      {!field.store.isDurable && <p className="warn-box">{t('phone.not_durable')}</p>}
      {blocked.length > 0 && <section><h2 className="list-title">{t('phone.decide')} <span className="count">{blocked.length}</span></h2><ul className="stack">{blocked.map((one) => <Refused key={one.n} one={one} />)}</ul><ForAll blocked={blocked} held={held} /></section>}
      <Waiting rows={waiting} />
      {!blocked.length && !waiting.length && <p className="good-box"><CircleCheck size={18} aria-hidden /> {t('phone.nothing_waits')}</p>}
      <button type="button" className="button button-quiet" disabled={state.isReading} onClick={() => void field.sync(language)}><RefreshCw size={18} aria-hidden /> {t('phone.send_now')}</button>
      {aside.length > 0 && <section><h2 className="list-title"><Undo2 size={16} aria-hidden /> {t('phone.aside')} <span className="count">{aside.length}</span></h2><ul className="stack">{aside.map((one) => (one.refusal ? <Refused key={one.n} one={one} /> : <Left key={one.n} one={one} />))}</ul></section>}
      {state.sent.length > 0 && <section><h2 className="list-title">{t('phone.sent_title')}</h2><ul className="rows">{state.sent.slice(0, SHOWN_SENT).map((one) => <li key={one.n} className="row"><CircleCheck size={18} aria-hidden className="good" /><span className="row-text"><strong>{t(`verb.${one.name}`)}</strong><span className="soft">{[formats.time(one.at), one.label].filter(Boolean).join(' · ')}</span></span></li>)}</ul></section>}
    </>
  )
}

/** Left out together with a step that was refused: never asked for by itself. */
function Left({ one }: { one: Queued }) {
  const { t, formats } = useWords()
  const { field } = useField()
  const nameOf = useVerbName()
  return (
    <li className="card refused" data-aside="true">
      <p className="over">{one.verb.label} · {formats.dateTime(one.verb.at)}</p>
      <h3>{nameOf(one.verb)}</h3>
      <div className="grid-2">
        <button type="button" className="button button-quiet" onClick={() => void field.keepMine(one.n)}>{t('phone.try_again')}</button>
        <button type="button" className="button button-quiet" onClick={() => void field.throwAway(one.n)}>{t('phone.throw_away')}</button>
      </div>
    </li>
  )
}
