// Words of one language, looked up by key, with {name} placeholders.
export type Language = 'en' | 'zh-CN'
export type Facts = Record<string, string | number>

export interface Words {
  language: Language
  /** What stands between the parts of a list. */
  list: string
  has: (key: string) => boolean
  t: (key: string, facts?: Facts) => string
  /** The words of the first key that has any. */
  first: (keys: string[], facts?: Facts) => string
}

function fill(text: string, facts: Facts | undefined): string {
  if (!facts) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
}

/** A key without words shows its last part, readable, so that a gap never hides a fact. */
function lastPart(key: string): string {
  return (key.split('.').pop() ?? key).replaceAll('_', ' ')
}

export function makeWords(language: Language, table: Record<string, string>): Words {
  const told = new Set<string>()
  const has = (key: string): boolean => key in table

  function missing(key: string): string {
    if (!told.has(key)) console.warn(`no ${language} words for ${key}`)
    told.add(key)
    return lastPart(key)
  }

  const t = (key: string, facts?: Facts): string => fill(table[key] ?? missing(key), facts)
  return {
    language,
    list: language === 'zh-CN' ? '、' : ', ',
    has,
    t,
    first: (keys, facts) => t(keys.find(has) ?? keys.at(-1) ?? '', facts),
  }
}

/** A stored choice wins; else the browser's own languages decide. */
export function chooseLanguage(stored: string | null, wanted: readonly string[]): Language {
  if (stored === 'en' || stored === 'zh-CN') return stored
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN'
    if (tag.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}
