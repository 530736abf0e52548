// The life of an asset: where it stands, where it may go, what it waits for, and every step with its paper.
import { Link } from '@tanstack/react-router'
import { fileUrl } from '@trunnion/kit/api'
import { Timeline } from '@trunnion/kit/plain'
import { Section, useVerbChoice, type VerbSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { ASSET, type Asset, type LifeMove, type PaperCard, type Sections, type Waiting } from './data'
import { PLACE_VERBS, standings, type Standing } from './stages'

function Awaited({ line }: { line: Waiting }) {
  const { t, words, formats } = useWords()
  const amount = line.amount && line.currency ? formats.money(line.amount, line.currency) : ''
  return (
    <div className="banner" role="status">
      <Hourglass size={16} aria-hidden />
      <span>
        <strong>{t('life.waits', { verb: t(`verb.${ASSET}.${line.verb}`), who: line.waits_for.join(words.list) || t('life.nobody') })}</strong>
        <span className="banner-text">
          <Link to="/approvals/$id" params={{ id: line.approval_id }}>{line.approval_number}</Link>
          {` · ${[line.asked_by, formats.dateTime(line.asked_at), amount].filter(Boolean).join(' · ')}`}
        </span>
      </span>
    </div>
  )
}

function StageCell({ stage, asset, busy, onChoose }: { stage: Standing; asset: Asset; busy: string[]; onChoose: (verb: string) => void }) {
  const { t, formats } = useWords()
  const name = t(`life.stage.${stage.key}`)
  const own = stage.tone === 'current' ? t(`state.${ASSET}.${asset.state}`) : ''
  return (
    <li className="stage" data-tone={stage.tone} aria-current={stage.tone === 'current' ? 'step' : undefined}>
      <span className="stage-mark" aria-hidden />
      <span className="stage-text">
        <span className="stage-name">{name}</span>
        {own && own !== name && <span className="stage-state">{own}</span>}
        {stage.at && <time className="stage-at" dateTime={stage.at}>{formats.date(stage.at)}</time>}
        {stage.tone === 'passed' && <span className="visually-hidden">{t('life.passed')}</span>}
      </span>
      {stage.moves.length > 0 && (
        <span className="stage-moves">
          {stage.moves.map((verb) => <button key={verb} type="button" className="stage-move" disabled={busy.length > 0} onClick={() => onChoose(verb)}>{t(`verb.${ASSET}.${verb}`)}</button>)}
        </span>
      )}
    </li>
  )
}

interface LifeProps {
  asset: Asset
  sections: Sections
  specs: Record<string, VerbSpec>
}

export function LifeSection({ asset, sections, specs }: LifeProps) {
  const { t } = useWords()
  const { choose, busy, form } = useVerbChoice({ kind: ASSET, id: asset.id, version: asset.version }, specs)
  const stages = standings(asset.state, asset.state_since_at, sections.moves ?? [], asset.actions)
  const placing = PLACE_VERBS.filter((verb) => asset.actions.includes(verb))
  return (
    <Section title={t('life.title')}>
      {asset.waiting?.map((line) => <Awaited key={line.document_id} line={line} />)}
      <ol className="life" aria-label={t('life.title')}>
        {stages.map((stage) => <StageCell key={stage.key} stage={stage} asset={asset} busy={busy} onChoose={choose} />)}
      </ol>
      {placing.length > 0 && (
        <p className="life-foot">
          <span className="muted">{t('life.same_stage')}</span>
          {placing.map((verb) => <button key={verb} type="button" className="stage-move" disabled={busy.length > 0} onClick={() => choose(verb)}>{t(`verb.${ASSET}.${verb}`)}</button>)}
        </p>
      )}
      {form}
    </Section>
  )
}

/** What stands on a paper, in one line. */
export function PaperFacts({ paper }: { paper: PaperCard }) {
  const { t, formats } = useWords()
  const money = (value: string | null): string => (value && paper.currency ? formats.money(value, paper.currency) : '')
  const failed = paper.points.filter((point) => !point.is_passed).length
  const facts = [
    paper.external_number, paper.party, paper.to_location, paper.to_owner, paper.to_user, money(paper.amount), paper.proceeds && t('life.proceeds', { amount: money(paper.proceeds) }),
    paper.disposal && t(`choice.${ASSET}.disposal.${paper.disposal}`), paper.result && t(`choice.assets.paper.result.${paper.result}`),
    paper.points.length > 0 && t('life.points', { passed: paper.points.length - failed, all: paper.points.length }), paper.due_on && formats.date(paper.due_on),
  ]
  return <>{facts.filter(Boolean).join(' · ')}</>
}

const SHOWN = 8

/** Papers that moved nothing (they wait, were refused, or found a fault) stand among the moves by their day. */
function stepsOf(moves: LifeMove[], papers: PaperCard[]): { at: string; move?: LifeMove; paper?: PaperCard }[] {
  const byId = new Map(papers.map((paper) => [paper.id, paper]))
  const told = new Set(moves.map((move) => move.document_id))
  const steps = [
    ...moves.map((move) => ({ at: move.moved_at, move, paper: move.document_id ? byId.get(move.document_id) : undefined })),
    ...papers.filter((paper) => !told.has(paper.id)).map((paper) => ({ at: paper.dated_at, paper })),
  ]
  return steps.sort((a, b) => b.at.localeCompare(a.at))
}

export function MovesSection({ moves, papers = [] }: { moves: LifeMove[]; papers?: PaperCard[] }) {
  const { t, words, formats } = useWords()
  const [isWhole, setWhole] = useState(false)
  const steps = stepsOf(moves, papers)
  const state = (value: string): string => t(`state.${ASSET}.${value}`)
  const verbOf = (verb: string): string => words.first([`verb.${ASSET}.${verb}`, `verb.assets.${verb}`])
  if (!steps.length) return null
  return (
    <Section title={<>{t('life.moves')}<span className="section-count">{steps.length}</span></>}>
      <Timeline
        label={t('life.moves')}
        steps={steps.slice(0, isWhole ? undefined : SHOWN).map(({ at, move, paper }) => ({
          key: move?.id ?? paper!.id,
          tone: paper && ['refused', 'failed'].includes(paper.state) ? 'bad' : paper?.state === 'pending' ? 'open' : 'done',
          title: <>
            <strong>{verbOf(move?.verb ?? paper!.verb)}</strong>
            {move && move.from_state !== move.to_state && <span className="muted"> {move.from_state ? `${state(move.from_state)} → ${state(move.to_state)}` : state(move.to_state)}</span>}
            {paper && paper.state !== 'done' && <span className="muted"> {t(`state.assets.lifecycle_document.${paper.state}`)}</span>}
          </>,
          meta: <time dateTime={at}>{formats.dateTime(at)}</time>,
          body: <>
            {paper && <><Link to="/papers/$id" params={{ id: paper.id }}>{paper.number}</Link> <PaperFacts paper={paper} />{paper.file_id && <> · <a href={fileUrl(paper.file_id)} target="_blank" rel="noreferrer">{t('life.file')}</a></>}<br /></>}
            {[move?.remark || paper?.remark, move && [move.location, move.position].filter(Boolean).join(' / '), move?.actor_name || paper?.actor_name].filter(Boolean).join(' · ')}
          </>,
        }))}
      />
      {steps.length > SHOWN && !isWhole && <button type="button" className="link-button" onClick={() => setWhole(true)}>{t('life.show_all', { count: steps.length })}</button>}
    </Section>
  )
}
