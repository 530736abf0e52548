// The criticality matrix and the condition classes in force, and what their parts are called.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'
import type { Words } from '@trunnion/kit/words'
import type { Matrix, Named, Scale } from './matrix'

interface Standards {
  matrix: Matrix | null
  scale: Scale | null
}

export function useStandards(isEnabled = true) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', 'assets/assessment_standards'], queryFn: () => api.get<Standards>('assets/assessment_standards'), enabled: isEnabled })
}

export const nameIn = (one: Named, words: Words): string => (words.language === 'zh-CN' ? one.name_zh : one.name_en)
