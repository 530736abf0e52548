// Starts the portal: a scanned code, or a progress link.
import 'virtual:theme.css'
import '@trunnion/kit/plain.css'
import './portal.css'
import { Api, browserTransport, Problem } from '@trunnion/kit/api'
import { Failed } from '@trunnion/kit/plain'
import { initialLanguage, loadWords, WordsProvider } from '@trunnion/kit/words'
import { createRoot } from 'react-dom/client'
import { Frame } from './frame'
import { Progress } from './progress'
import { Scan } from './scan'

const api = new Api(browserTransport('portal'))

function Page() {
  const [, kind, token] = location.pathname.split('/')
  if (kind === 'q' && token) return <Scan api={api} token={token} />
  if (kind === 'p' && token) return <Progress api={api} token={token} />
  return <Failed error={new Problem(404, {})} />
}

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
