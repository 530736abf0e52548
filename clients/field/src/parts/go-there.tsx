// The way to the place, by the map that one has; the phone's own position is not asked for.
import { MAPS, wayTo, type MapName } from '@trunnion/kit/maps'
import { useWords } from '@trunnion/kit/words'
import { Navigation } from 'lucide-react'
import { useState } from 'react'
import type { Order } from '../work/types'
import { Sheet } from './context'

const LAST = 'trunnion.field.map'

function inOrder(): MapName[] {
  const last = localStorage.getItem(LAST)
  return MAPS.toSorted((a, b) => Number(b === last) - Number(a === last))
}

export function GoThere({ order }: { order: Order }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const where = [...new Set([order.site, order.place].filter(Boolean))].join(' ')
  const point = order.point ? { lat: Number(order.point.lat), lon: Number(order.point.lon) } : null
  if (!where && !point) return null
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setOpen(true)}><Navigation size={18} aria-hidden /> {t('job.map')}</button>
      {isOpen && (
        <Sheet title={t('job.map_which')} onClose={() => setOpen(false)}>
          {!point && <p className="soft">{t('job.map_by_words', { where })}</p>}
          <ul className="codes">
            {inOrder().map((map) => <li key={map}><a className="code" href={wayTo(map, point, where || order.title)} target="_blank" rel="noreferrer" onClick={() => { localStorage.setItem(LAST, map); setOpen(false) }}>{t(`job.map.${map}`)}</a></li>)}
          </ul>
        </Sheet>
      )}
    </>
  )
}
