// Follows a job of the server until it ends.
import { useQuery } from '@tanstack/react-query'
import type { Job } from '../api'
import { useApi } from './provider'

const FAILED = new Set(['parked', 'cancelled'])

export function useJob(id: string | null) {
  const api = useApi()
  const query = useQuery({
    queryKey: ['job', id],
    queryFn: () => api.get<Job>(`jobs/${id}`),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data && (state.data.state === 'done' || FAILED.has(state.data.state)) ? false : 700),
  })
  const state = query.data?.state ?? ''
  return { ...query, isDone: state === 'done', isFailed: FAILED.has(state) }
}

export const jobShare = (job: Job | undefined): number => (job?.progress_total ? Math.min(1, job.progress_done / job.progress_total) : 0)
