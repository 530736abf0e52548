// Coordinates of one place in the systems of the maps, against known pairs; outside of China nothing is moved.
import { describe, expect, it } from 'vitest'
import { MAPS, toBaidu, toGcj, wayTo } from './index'

const GATE = { lat: 39.907784, lon: 116.391211 }
/** About a metre. */
const near = (got: { lat: number; lon: number }, lat: number, lon: number): boolean => Math.abs(got.lat - lat) < 5e-5 && Math.abs(got.lon - lon) < 5e-5

describe('maps', () => {
  it('are shifted in China', () => {
    expect(near(toGcj(GATE), 39.909187, 116.397455)).toBe(true)
    expect(near(toBaidu(GATE), 39.915526, 116.403847)).toBe(true)
  })

  it('are not shifted elsewhere', () => {
    const berlin = { lat: 52.5163, lon: 13.3777 }
    expect([toGcj(berlin), toBaidu(berlin)]).toEqual([berlin, berlin])
  })

  it('each get their own numbers in their own order', () => {
    expect(wayTo('amap', GATE, '滨海医院')).toContain('to=116.3974')
    expect(wayTo('tencent', GATE, 'x')).toContain('tocoord=39.9091')
    expect(wayTo('baidu', GATE, 'x')).toMatch(/location=39\.915\d+,116\.403\d+&.*coord_type=bd09ll/)
    expect(wayTo('google', GATE, 'x')).toContain('destination=39.9091')
    expect(wayTo('phone', GATE, 'x')).toContain('geo:39.907784,116.391211')
    expect(wayTo('amap', GATE, 'A&B=C')).toContain('A%26B%3DC')
  })

  it('look for the words where nobody knows the coordinates', () => {
    for (const map of MAPS) expect(wayTo(map, null, '滨海医院 水泵房')).toContain(encodeURIComponent('滨海医院 水泵房'))
  })
})
