// One request: what was said, by whom, what became of it, and the answer.
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { customFacts, Dialog, Facts, PageShell, Section, StateTag, useToasts, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Copy, Pencil, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { ORDER } from '../orders/data'
import { Call } from '../orders/facts'
import { Comments } from '../records/comments'
import { EditRecord } from '../records/edit'
import { Files } from '../records/files'
import { EditableHistory } from '../records/history'
import { editable, REQUEST, requestFields, requestVerbs, useRequest, type Request } from './data'

function RequestFacts({ request }: { request: Request }) {
  const { t, words, formats } = useWords()
  const [isEditing, setEditing] = useState(false)
  const field = (key: string): string => t(`field.${REQUEST}.${key}`)
  return (
    <Section title={t('order.facts')} extra={request.actions.includes('edit') && <Button type="text" icon={<Pencil size={14} />} onClick={() => setEditing(true)}>{t('people.edit')}</Button>}>
      <Facts
        facts={[
          { label: field('kind'), value: t(`choice.${REQUEST}.kind.${request.kind}`) },
          { label: field('channel'), value: t(`choice.${REQUEST}.channel.${request.channel}`) },
          { label: field('received_at'), value: <time dateTime={request.received_at}>{formats.dateTime(request.received_at)}</time> },
          { label: field('reporter'), value: request.erased_at ? t('request.erased') : (request.reporter_name || request.reporter) },
          { label: field('reporter_contact'), value: <Call phone={request.reporter_contact} /> },
          request.asset && { label: field('asset_id'), value: <Link to="/assets/$id" params={{ id: request.asset.id }}>{request.asset.name}</Link> },
          request.location && { label: field('location_id'), value: <Link to="/locations" search={{ at: request.location.id }}>{request.location.name}</Link> },
          request.customer && { label: field('customer_id'), value: request.customer.name },
          request.merged_into && { label: field('merged_into'), value: <Link to="/requests/$id" params={{ id: request.merged_into.id }}>{request.merged_into.number}</Link> },
          request.about && { label: field('about'), value: <Link to="/requests/$id" params={{ id: request.about.id }}>{request.about.number}</Link> },
          request.symptoms.length > 0 && { label: field('symptoms'), value: request.symptoms.join(' · ') },
          request.urged_count > 0 && { label: t('order.urged'), value: t('order.urged_times', { count: request.urged_count }) },
          request.rating !== null && { label: field('rating'), value: `${'★'.repeat(request.rating)}${'☆'.repeat(5 - request.rating)} ${request.rating_text}` },
          { label: field('end_reason'), value: request.end_reason },
          ...customFacts(request.custom, words, formats),
        ]}
      />
      {isEditing && <EditRecord kind={REQUEST} record={request} fields={requestFields(request)} factsOf={(one) => editable(one as Request)} onClose={() => setEditing(false)} />}
    </Section>
  )
}

function ShareLink({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useWords()
  const toasts = useToasts()
  const url = `${globalThis.location.origin}${path}`

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(url)
      toasts.good(t('request.link_copied'))
    } catch {
      toasts.bad(t('tokens.copy_by_hand'))
    }
  }

  return (
    <Dialog title={t(`verb.${REQUEST}.share`)} onClose={onClose} foot={<Button onClick={onClose}>{t('kit.close')}</Button>}>
      <p className="dialog-intro">{t('request.share_intro')}</p>
      <div className="secret">
        <input readOnly value={url} aria-label={t(`verb.${REQUEST}.share`)} onFocus={(event) => event.target.select()} />
        <Button type="primary" icon={<Copy size={15} />} onClick={() => void copy()}>{t('tokens.copy')}</Button>
      </div>
    </Dialog>
  )
}

export default function RequestPage() {
  const { t, formats } = useWords()
  const { id } = useParams({ from: '/inside/requests/$id' })
  const query = useRequest(id)
  const [shared, setShared] = useState('')
  const request = query.data
  if (query.error && !request) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!request) return <Loading lines={10} />
  return (
    <PageShell
      title={request.title}
      over={<><Link to="/requests" search={{}}>{t('nav.requests')}</Link> <span aria-hidden>/</span> {request.number}</>}
      tags={<StateTag kind={REQUEST} state={request.state} />}
      actions={
        <VerbBar
          isSticky
          target={{ kind: REQUEST, id: request.id, version: request.version }}
          actions={request.actions.filter((verb) => verb !== 'edit')}
          specs={requestVerbs}
          onDone={(outcome, verb) => { if (verb === 'share') setShared((outcome as unknown as { path: string }).path) }}
        />
      }
    >
      <div className="split">
        <div className="split-main">
          {request.order && (
            <div className="banner banner-plain">
              <span>{t('request.became')} <Link to="/orders/$id" params={{ id: request.order.id }}>{request.order.number} {request.order.title}</Link> <StateTag kind={ORDER} state={request.order.state} /></span>
            </div>
          )}
          <Section title={t('request.said')}>
            {request.is_stopped && <p className="report-stopped"><TriangleAlert size={15} aria-hidden /> {t('order.is_stopped')}</p>}
            <p className="prose">{request.text}</p>
            {request.merged.map((one) => <p key={one.id} className="muted">{t('request.also', { number: one.number })} <Link to="/requests/$id" params={{ id: one.id }}>{one.reporter_hint || one.number}</Link></p>)}
            {request.incoming.map((one) => <p key={one.id} className="muted">{t('request.incoming', { name: one.name, share: formats.percent(one.received / one.size) })}</p>)}
            <Files kind={REQUEST} id={request.id} files={request.files} />
          </Section>
          <Comments kind={REQUEST} id={request.id} comments={request.comments} hasOutsiders />
          <EditableHistory kind={REQUEST} record={editable(request)} fields={requestFields(request)} mayEdit={request.actions.includes('edit')} entries={request.history} />
        </div>
        <div className="split-side"><RequestFacts request={request} /></div>
      </div>
      {shared && <ShareLink path={shared} onClose={() => setShared('')} />}
    </PageShell>
  )
}
