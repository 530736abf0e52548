// Starts the console: words first, so that nothing flashes untranslated.
import 'virtual:theme.css'
import '@trunnion/kit/plain.css'
import '@trunnion/kit/ui.css'
import './console.css'
import './records.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Api, browserTransport, Problem } from '@trunnion/kit/api'
import { UiProvider } from '@trunnion/kit/ui'
import { initialLanguage, loadWords, WordsProvider } from '@trunnion/kit/words'
import { createRoot } from 'react-dom/client'
import { references } from './references'
import { makeRouter } from './routes'

const api = new Api(browserTransport('web'))
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => !(error instanceof Problem && error.status < 500) && count < 2,
    },
  },
})
const router = makeRouter({ api, queries })

const root = document.getElementById('root')
if (root) {
  const words = await loadWords(initialLanguage())
  createRoot(root).render(
    <WordsProvider initial={words}>
      <QueryClientProvider client={queries}>
        <UiProvider api={api} references={references}>
          <RouterProvider router={router} />
        </UiProvider>
      </QueryClientProvider>
    </WordsProvider>,
  )
}
