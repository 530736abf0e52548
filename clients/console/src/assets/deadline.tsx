// How long something still holds: days left, with the steps at which the server warns (60, 30 and 7 days).
import { useWords } from '@trunnion/kit/words'
import { daysLeft, toneOfDays } from './days'

/** What need not be renewed is simply over one day. */
export function Deadline({ on, isPlain }: { on: string; isPlain?: boolean }) {
  const { t, formats } = useWords()
  const left = daysLeft(on, formats.today())
  const said = left < 0 && isPlain ? t('life.over') : left < 0 ? t('life.over_since', { days: -left }) : left === 0 ? t('life.ends_today') : t('life.days_left', { days: left })
  return <span className="state-tag" data-tone={isPlain && left < 0 ? 'off' : toneOfDays(left)}>{said}</span>
}
