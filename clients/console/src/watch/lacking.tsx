// What lacks a certificate that its class needs.
import { Link } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { StateTag } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { ASSET } from '../assets/data'
import { useMissing } from './missing'

export default function Lacking() {
  const { t } = useWords()
  const missing = useMissing()
  if (missing.error) return <Failed error={missing.error} onRetry={() => void missing.refetch()} />
  if (!missing.data) return <Loading />
  if (!missing.data.rows.length) return <Empty title={t('watch.none_missing')} text={t('watch.none_missing_text')} />
  return (
    <ul className="rows rows-boxed">
      {missing.data.rows.map((row) => (
        <li key={`${row.asset_id}${row.kind_id}`}>
          <Link to="/assets/$id" params={{ id: row.asset_id }} className="row-link">
            <span className="row-title">{row.name}</span>
            <span className="row-side"><StateTag kind={ASSET} state={row.state} /></span>
            <span className="row-sub">{[row.number, row.kind, row.blocks_use && t('column.assets.certificate_kinds.blocks_use')].filter(Boolean).join(' · ')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
