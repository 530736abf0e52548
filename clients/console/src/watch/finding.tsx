// One idle asset: since when and why it counts as idle, who offers it and who claims it.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, PageShell, Section, StateTag, useApi, VerbBar, type VerbSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { locationReference } from '../assets/references'
import { paperArgs } from '../assets/verbs'
import { useMe } from '../session'

const FINDING = 'assets.idle_finding'
const FINDINGS = 'assets/idle_findings'

interface Finding {
  id: string
  version: number
  asset_id: string
  number: string
  name: string
  location: string | null
  cause: string
  state: string
  idle_since_at: string
  idle_days: number
  found_at: string
  offered_at: string | null
  offered_until_on: string | null
  claimed_location: string | null
  claimed_by_name: string
  ended_at: string | null
  ended_because: string
  remark: string
  actions: string[]
}

const word = (key: string): string => `field.${FINDING}.${key}`

function specsOf(home: string, finding: Finding): Record<string, VerbSpec> {
  const remark = { key: 'remark', type: 'longtext' as const, words_key: word('remark') }
  const place = { key: 'location_id', type: 'reference' as const, words_key: word('location_id'), reference: locationReference }
  return {
    claim: { rank: 1, fields: [{ ...place, isRequired: true }, remark] },
    hand_over: {
      rank: finding.state === 'claimed' ? 1 : 3, initial: { currency: home }, toArgs: paperArgs, intro_key: 'watch.hand_over_intro',
      fields: [
        { ...place, isRequired: !finding.claimed_location, help_key: finding.claimed_location ? 'watch.claimed_place_help' : undefined },
        { key: 'reference', type: 'text', words_key: word('reference'), isHalf: true },
        { key: 'residual_value', type: 'number', words_key: word('residual_value'), isHalf: true, min: 0 },
        remark,
        { key: 'paper_file_id', type: 'files', isSingle: true, words_key: word('paper_file_id') },
      ],
    },
    offer: { rank: 2, fields: [{ key: 'until_on', type: 'date', words_key: word('until_on') }, remark] },
    release: { rank: 4, fields: [remark] },
    dismiss: { fields: [{ key: 'reason', type: 'longtext', words_key: word('reason'), isRequired: true, autoFocus: true }], intro_key: 'watch.dismiss_intro' },
  }
}

export default function FindingPage() {
  const { t, words, formats } = useWords()
  const api = useApi()
  const { id } = useParams({ from: '/inside/idle/$id' })
  const home = useMe()?.organisation.currency ?? ''
  const query = useQuery({ queryKey: ['detail', FINDINGS, id], queryFn: ({ signal }) => api.detail<Finding>(FINDING, id, signal) })
  const finding = query.data
  if (query.error && !finding) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!finding) return <Loading lines={6} />
  const label = (key: string): string => t(`column.assets.idle_findings.${key}`)
  const because = finding.ended_because && words.first([`verb.assets.asset.${finding.ended_because}`, 'watch.because'], { reason: finding.ended_because })
  return (
    <PageShell
      title={finding.name}
      over={<><Link to="/idle" search={{}}>{t('nav.idle')}</Link> <span aria-hidden>/</span> <Link to="/assets/$id" params={{ id: finding.asset_id }}>{finding.number}</Link></>}
      tags={<StateTag kind={FINDING} state={finding.state} />}
      actions={<VerbBar isSticky target={{ kind: FINDING, id: finding.id, version: finding.version }} actions={finding.actions} specs={specsOf(home, finding)} />}
    >
      <div className="narrow">
        <Section title={t('life.idle')}>
          <Facts facts={[
            { label: label('idle_days'), value: t('life.idle_days', { days: finding.idle_days }) },
            { label: label('idle_since_at'), value: formats.date(finding.idle_since_at) },
            { label: label('cause'), value: t(`choice.${FINDING}.cause.${finding.cause}`) },
            { label: label('location'), value: finding.location },
            { label: label('offered_until_on'), value: finding.offered_until_on && formats.date(finding.offered_until_on) },
            { label: label('claimed_location'), value: finding.claimed_location },
            { label: label('claimed_by_name'), value: finding.claimed_by_name },
            { label: t(word('remark')), value: finding.remark },
            { label: label('ended_at'), value: finding.ended_at && [formats.dateTime(finding.ended_at), because].filter(Boolean).join(' · ') },
            { label: t('kind.assets.asset'), value: <Link to="/assets/$id" params={{ id: finding.asset_id }}>{finding.name}</Link> },
          ]}
          />
        </Section>
      </div>
    </PageShell>
  )
}
