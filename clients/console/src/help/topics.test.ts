// Every page has its help, and all help belongs to a page.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALL_TOPICS, topicOf } from './topics'

const words = JSON.parse(readFileSync(new URL('../../words/help.json', import.meta.url), 'utf8')) as Record<string, { en: string; 'zh-CN': string }>

describe('help', () => {
  it('is about the page that is open', () => {
    expect(topicOf('/')).toBe('home')
    expect(topicOf('/orders')).toBe('orders')
    expect(topicOf('/orders/inbox')).toBe('inbox')
    expect(topicOf('/orders/0198')).toBe('order')
    expect(topicOf('/assets/0198')).toBe('asset')
    expect(topicOf('/administration/jobs')).toBe('jobs')
    expect(topicOf('/nowhere')).toBe('anywhere')
  })

  it('has words for every topic, and a topic for all words', () => {
    const told = Object.keys(words).filter((key) => key.startsWith('help.page.')).map((key) => key.slice('help.page.'.length))
    expect(told.toSorted()).toEqual(ALL_TOPICS.toSorted())
  })
})
