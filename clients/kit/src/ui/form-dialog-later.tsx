// The form dialog, fetched when one is first opened: forms are heavy, and most visits only read.
import { lazy, Suspense, type ComponentProps } from 'react'

const Inner = lazy(() => import('./form-dialog'))

export function FormDialog(props: ComponentProps<typeof Inner>) {
  return <Suspense><Inner {...props} /></Suspense>
}
