// Rights as sentences: what each is called, by room, and a list from which some are chosen.
import { useWords, type Words } from '@trunnion/kit/words'
import { Checkbox, Input } from 'antd'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'

export interface RoomGrants {
  room: string
  grants: string[]
}

/** A right is called like the verb that it opens, or has words of its own where it opens a look. */
export const grantName = (grant: string, words: Words): string => words.first([`permission.${grant}`, `verb.${grant}`])

export const roomName = (room: string, words: Words): string => (words.has(`room.${room}`) ? words.t(`room.${room}`) : room)

/** Rights without words are the program's own steps: nobody is asked about them. */
export function byRoom(grants: Iterable<string>, words: Words): RoomGrants[] {
  const rooms = new Map<string, string[]>()
  for (const grant of grants) {
    if (!words.has(`permission.${grant}`) && !words.has(`verb.${grant}`)) continue
    const room = grant.split('.')[0]!
    rooms.set(room, [...(rooms.get(room) ?? []), grant])
  }
  const compare = new Intl.Collator(words.language).compare
  return [...rooms]
    .map(([room, held]) => ({ room, grants: held.toSorted((a, b) => compare(grantName(a, words), grantName(b, words))) }))
    .toSorted((a, b) => compare(roomName(a.room, words), roomName(b.room, words)))
}

interface GrantPickerProps {
  /** What may be handed out: nobody gives more than they have. */
  offered: string[]
  value?: string[]
  onChange?: (value: string[]) => void
  label: string
}

export function GrantPicker({ offered, value = [], onChange, label }: GrantPickerProps) {
  const { t, words } = useWords()
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const rooms = useMemo(() => byRoom(offered, words), [offered, words])
  const chosen = new Set(value)
  const set = (grants: string[], isOn: boolean): void => {
    for (const grant of grants) if (isOn) chosen.add(grant); else chosen.delete(grant)
    onChange?.([...chosen])
  }
  const shown = rooms.flatMap((one) => {
    const grants = one.grants.filter((grant) => !wanted || `${grant} ${grantName(grant, words)}`.toLowerCase().includes(wanted))
    return grants.length ? [{ ...one, grants }] : []
  })
  return (
    <div className="grants" role="group" aria-label={label}>
      <Input type="search" allowClear prefix={<Search size={15} aria-hidden />} placeholder={t('kit.search')} aria-label={t('kit.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <p className="muted" role="status">{t('grants.chosen', { count: value.length })}</p>
      <div className="grants-list">
        {shown.map(({ room, grants }) => {
          const held = grants.filter((grant) => chosen.has(grant)).length
          return (
            <fieldset key={room} className="grants-room">
              <legend>
                <Checkbox checked={held === grants.length} indeterminate={held > 0 && held < grants.length} onChange={(event) => set(grants, event.target.checked)}>
                  <strong>{roomName(room, words)}</strong> <span className="muted">{held}/{grants.length}</span>
                </Checkbox>
              </legend>
              {grants.map((grant) => (
                <Checkbox key={grant} checked={chosen.has(grant)} onChange={(event) => set([grant], event.target.checked)}>{grantName(grant, words)}</Checkbox>
              ))}
            </fieldset>
          )
        })}
        {shown.length === 0 && <p className="muted">{t('kit.nothing_matches')}</p>}
      </div>
    </div>
  )
}

/** What a role opens and what it does not, in sentences, room by room. */
export function GrantSentences({ grants, all }: { grants: string[]; all: string[] }) {
  const { t, words } = useWords()
  const held = new Set(grants)
  const join = (names: string[]): string => names.map((grant) => grantName(grant, words)).join(words.list)
  return (
    <div className="sentences">
      {byRoom(new Set([...all, ...grants]), words).map(({ room, grants: known }) => {
        const may = known.filter((grant) => held.has(grant))
        const mayNot = known.filter((grant) => !held.has(grant))
        return (
          <section key={room}>
            <h3 className="sub-title">{roomName(room, words)}</h3>
            {may.length > 0 && <p><strong className="may">{t('grants.may')}</strong> {mayNot.length ? join(may) : t('grants.everything')}</p>}
            {mayNot.length > 0 && <p className="muted"><strong className="may-not">{t('grants.may_not')}</strong> {may.length ? join(mayNot) : t('grants.nothing')}</p>}
          </section>
        )
      })}
    </div>
  )
}

/** The rights that people ask about first, for one line about a role. */
const TELLING = ['work.order.create', 'work.order.dispatch', 'work.order.complete', 'work.order.close', 'assets.asset.edit', 'finance.cost.read', 'workforce.rate.read', 'identity.membership.edit', 'kernel.journal.read']

export function inShort(grants: string[], words: Words): string {
  const held = new Set(grants)
  const [may, mayNot] = [true, false].map((isHeld) => TELLING.filter((grant) => held.has(grant) === isHeld).slice(0, isHeld ? 6 : 4))
  const join = (names: string[]): string => names.map((grant) => words.t(`grants.tell.${grant}`)).join(words.list)
  const parts = [may!.length && words.t('grants.short_may', { what: join(may!) }), mayNot!.length && words.t('grants.short_may_not', { what: join(mayNot!) })]
  return parts.filter(Boolean).join(words.t('grants.short_stop'))
}
