// Starts the portal: a scanned code, or a progress link.
import 'virtual:theme.css'
import '@trunnion/kit/plain.css'
import './portal.css'
import { Problem } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { initialLanguage, loadWords, WordsProvider } from '@trunnion/kit/words'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { api, carrier } from './carrying'
import { caseOfLink } from './data'
import { Frame } from './frame'
import { Progress } from './progress'
import { Scan } from './scan'

const Own = lazy(() => import('./own'))

function Page() {
  const [, kind, token] = location.pathname.split('/')
  if (kind === 'q' && token) return <Scan api={api} token={token} />
  if (kind === 'p' && token) return <Progress api={api} of={caseOfLink(token)} />
  if (kind === 'portal') return <Suspense fallback={<Loading />}><Own /></Suspense>
  return <Failed error={new Problem(404, {})} />
}

// What an earlier page had begun to send goes on, whichever page this is.
carrier()

const root = document.getElementById('root')
if (root) {
  void loadWords(initialLanguage()).then((words) =>
    createRoot(root).render(
      <WordsProvider initial={words}>
        <Frame><Page /></Frame>
      </WordsProvider>,
    ),
  )
}
