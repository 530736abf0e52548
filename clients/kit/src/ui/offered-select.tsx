// Chooses among the few entries that the server offers in this very case, such as failure codes of a class.
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { problemWords } from '../api'
import { useWords } from '../words'
import { useApi } from './provider'

export interface OfferedSpec {
  /** Answers {list: [{code, name, notation}]}. */
  path: string
  list: string
}

interface Offered {
  code: string
  name: string
  notation?: string
}

interface OfferedSelectProps {
  spec: OfferedSpec
  label: string
  id?: string
  value?: string
  onChange?: (value: string | undefined) => void
}

export function OfferedSelect({ spec, label, id, value, onChange }: OfferedSelectProps) {
  const { t, words, language } = useWords()
  const api = useApi()
  // The server words the entries, so each language is asked for anew.
  const offered = useQuery({ queryKey: ['offered', spec.path, language], queryFn: () => api.get<Record<string, Offered[]>>(spec.path), staleTime: 5 * 60_000 })
  const options = (offered.data?.[spec.list] ?? []).map((one) => ({ value: one.code, label: one.name, hint: one.notation || one.code }))
  return (
    <Select
      id={id}
      aria-label={label}
      className="wide"
      allowClear
      loading={offered.isFetching}
      placeholder={t('kit.choose')}
      showSearch={{ filterOption: (typed, option) => `${option?.label} ${option?.hint}`.toLowerCase().includes(typed.toLowerCase()) }}
      notFoundContent={offered.error ? problemWords(words, offered.error) : t('kit.nothing_matches')}
      value={value}
      onChange={(next) => onChange?.(next)}
      options={options}
      optionRender={(option) => (
        <span className="option option-row">
          <span>{option.data.label}</span>
          <span className="option-hint">{option.data.hint}</span>
        </span>
      )}
    />
  )
}
