// Criticality and condition: what was found, when, and by whom.
import { fileUrl } from '@trunnion/kit/api'
import { Timeline } from '@trunnion/kit/plain'
import { Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { ASSET, type Asset, type ConditionCard, type CriticalityCard } from './data'
import { nameIn, useStandards } from './standards'

interface AssessmentsProps {
  asset: Asset
  assessments?: CriticalityCard[]
  conditions?: ConditionCard[]
  onAssess: (what: 'assess' | 'assess_condition') => void
}

export function AssessmentsSection({ asset, assessments = [], conditions = [], onAssess }: AssessmentsProps) {
  const { t, words, formats } = useWords()
  const standards = useStandards(assessments.some((one) => Object.keys(one.scores).length > 0) || conditions.some((one) => one.level !== '')).data
  const may = (['assess', 'assess_condition'] as const).filter((verb) => asset.actions.includes(verb))
  if (!assessments.length && !conditions.length && !may.length) return null
  const axis = (key: string): string => {
    const own = standards?.matrix?.axes.find((one) => one.key === key)
    return own ? nameIn(own, words) : key
  }
  const own = (level: string): string => {
    const found = standards?.scale?.levels.find((one) => one.key === level)
    return found ? nameIn(found, words) : level
  }
  const steps = [
    ...assessments.map((one) => ({
      key: one.id, at: one.assessed_on, title: `${t(`field.${ASSET}.criticality`)}: ${one.level ? t(`choice.${ASSET}.criticality.${one.level}`) : t('kit.none')}`,
      body: [Object.entries(one.scores).map(([key, score]) => `${axis(key)} ${score}`).join(words.list), one.remark, one.actor_name].filter(Boolean).join(' · ') as ReactNode,
    })),
    ...conditions.map((one) => ({
      key: one.id, at: one.assessed_on, title: `${t(`field.${ASSET}.condition`)}: ${one.level ? own(one.level) : one.condition ? t(`choice.${ASSET}.condition.${one.condition}`) : t('kit.none')}`,
      body: <>{[one.remark, one.actor_name].filter(Boolean).join(' · ')}{one.file_id && <> · <a href={fileUrl(one.file_id)} target="_blank" rel="noreferrer">{t('life.file')}</a></>}</> as ReactNode,
    })),
  ].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <Section title={t('life.assessments')}>
      {steps.length === 0 ? <p className="muted">{t('life.no_assessments')}</p> : (
        <Timeline label={t('life.assessments')} steps={steps.map((one) => ({ key: one.key, title: one.title, meta: formats.date(one.at), body: one.body }))} />
      )}
      {may.length > 0 && <p className="section-act verb-bar">{may.map((verb) => <Button key={verb} size="small" onClick={() => onAssess(verb)}>{t(`verb.${ASSET}.${verb}`)}</Button>)}</p>}
    </Section>
  )
}
