// All assets as a table.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty } from '@trunnion/kit/plain'
import { DataTable, PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { FolderInput, Plus, QrCode } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useGrant } from '../session'
import { ImportLink } from '../imports/link'
import { bring } from '../labels/marked'
import { ASSET, ASSETS } from './data'
import { NewAsset } from './new'

const MoveMany = lazy(() => import('./move-many'))
const RequestNew = lazy(() => import('./request'))

const COLUMNS = ['number', 'name', 'state', 'model', 'site', 'location', 'tag', 'serial', 'warranty_until_on']

export default function Assets() {
  const { t } = useWords()
  const [isAdding, setAdding] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [moved, setMoved] = useState<string[] | null>(null)
  const mayMove = useGrant('assets.asset.move')
  const mayCreate = useGrant('assets.asset.create')
  const mayRequest = useGrant('assets.asset.request_new')
  const mayEdit = useGrant('assets.asset.edit')
  const mayPrint = useGrant('attach.label.print')
  const state = useSearch({ from: '/inside/assets' })
  const navigate = useNavigate({ from: '/assets' })
  return (
    <PageShell
      isFilling
      title={t('nav.assets')}
      actions={
        <>
          <ImportLink target="assets" />
          {mayRequest && <Button onClick={() => setAsking(true)}>{t('verb.assets.asset.request_new')}</Button>}
          {mayCreate && <Button type="primary" icon={<Plus size={16} />} onClick={() => setAdding(true)}>{t('asset.new')}</Button>}
        </>
      }
    >
      <DataTable
        listing={ASSETS}
        state={state}
        onState={(next) => void navigate({ search: next, replace: true })}
        columns={COLUMNS}
        bulkKind={mayEdit ? ASSET : undefined}
        bulkActs={mayPrint || mayMove ? (ids) => (
          <>
            {mayMove && <Button size="small" icon={<FolderInput size={13} />} onClick={() => setMoved(ids)}>{t('location.move')}</Button>}
            {mayPrint && <Button size="small" icon={<QrCode size={13} />} onClick={() => void navigate({ to: '/labels', search: bring(ids) })}>{t('labels.of_marked')}</Button>}
          </>
        ) : undefined}
        lead="name"
        link={(row, content) => <Link to="/assets/$id" params={{ id: row.id }}>{content}</Link>}
        empty={<Empty title={t('asset.list_empty')} text={t('asset.list_empty_text')} action={<Link to="/imports" search={{ as: 'assets' }}>{t('nav.imports')}</Link>} />}
      />
      {moved && <Suspense><MoveMany what="assets" ids={moved} onClose={() => setMoved(null)} /></Suspense>}
      {isAdding && <NewAsset onClose={() => setAdding(false)} />}
      {isAsking && <Suspense><RequestNew onClose={() => setAsking(false)} /></Suspense>}
    </PageShell>
  )
}
