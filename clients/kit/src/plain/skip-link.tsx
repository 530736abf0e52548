// The first stop of the Tab key: past the navigation to what the page is about.
import { useWords } from '../words'

/** Focus moves by hand: an address behind # is a route of its own in some clients. */
export function SkipLink() {
  const { t } = useWords()
  return <a href="#main" className="skip-link" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus() }}>{t('kit.skip')}</a>
}
