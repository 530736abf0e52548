// Ways to a place in the maps that people have: each wants its own coordinates, kept here are those of the satellites.
export interface Point { lat: number; lon: number }

// The ellipsoid by which Chinese maps shift what they show.
const AXIS = 6_378_245
const ECCENTRICITY = 0.006_693_421_622_965_943
const BAIDU_TURN = (Math.PI * 3_000) / 180

/** Only there maps are shifted; roughly the country with its coast. */
const isShifted = ({ lat, lon }: Point): boolean => lon > 73.66 && lon < 135.05 && lat > 3.86 && lat < 53.55

const wave = (x: number, scale: number, first: number, second: number): number => ((20 * Math.sin(x * Math.PI) + first * Math.sin((x * Math.PI) / scale) + second) * 2) / 3

function shift(x: number, y: number): [number, number] {
  const both = wave(6 * x, 3, 20, 0)
  const lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + both + ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3 + ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3
  const lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + both + ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3 + ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3
  return [lat, lon]
}

/** What Amap, Tencent, and in China also Google and Apple, draw on. */
export function toGcj(point: Point): Point {
  if (!isShifted(point)) return point
  const [north, east] = shift(point.lon - 105, point.lat - 35)
  const angle = (point.lat * Math.PI) / 180
  const flat = 1 - ECCENTRICITY * Math.sin(angle) ** 2
  const lat = (north * 180) / (((AXIS * (1 - ECCENTRICITY)) / (flat * Math.sqrt(flat))) * Math.PI)
  const lon = (east * 180) / ((AXIS / Math.sqrt(flat)) * Math.cos(angle) * Math.PI)
  return { lat: point.lat + lat, lon: point.lon + lon }
}

/** What Baidu draws on. */
export function toBaidu(point: Point): Point {
  if (!isShifted(point)) return point
  const { lat, lon } = toGcj(point)
  const far = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * BAIDU_TURN)
  const angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * BAIDU_TURN)
  return { lat: far * Math.sin(angle) + 0.006, lon: far * Math.cos(angle) + 0.0065 }
}

export const MAPS = ['amap', 'baidu', 'tencent', 'apple', 'google', 'phone'] as const
export type MapName = (typeof MAPS)[number]

const six = (value: number): string => value.toFixed(6)
const SENDER = 'trunnion'

function byPoint(map: MapName, point: Point, name: string): string {
  const said = encodeURIComponent(name)
  const gcj = toGcj(point)
  if (map === 'amap') return `https://uri.amap.com/navigation?to=${six(gcj.lon)},${six(gcj.lat)},${said}&mode=car&coordinate=gaode&callnative=1&src=${SENDER}`
  if (map === 'tencent') return `https://apis.map.qq.com/uri/v1/routeplan?type=drive&to=${said}&tocoord=${six(gcj.lat)},${six(gcj.lon)}&referer=${SENDER}`
  if (map === 'apple') return `https://maps.apple.com/?daddr=${six(gcj.lat)},${six(gcj.lon)}&q=${said}`
  if (map === 'google') return `https://www.google.com/maps/dir/?api=1&destination=${six(gcj.lat)},${six(gcj.lon)}`
  if (map === 'phone') return `geo:${six(point.lat)},${six(point.lon)}?q=${six(point.lat)},${six(point.lon)}(${said})`
  const baidu = toBaidu(point)
  return `https://api.map.baidu.com/marker?location=${six(baidu.lat)},${six(baidu.lon)}&title=${said}&content=${said}&coord_type=bd09ll&output=html&src=${SENDER}`
}

/** Without coordinates the place's words must do. */
function byWords(map: MapName, words: string): string {
  const said = encodeURIComponent(words)
  return {
    amap: `https://uri.amap.com/search?keyword=${said}&callnative=1&src=${SENDER}`,
    baidu: `https://api.map.baidu.com/place/search?query=${said}&region=&output=html&src=${SENDER}`,
    tencent: `https://apis.map.qq.com/uri/v1/search?keyword=${said}&referer=${SENDER}`,
    apple: `https://maps.apple.com/?q=${said}`,
    google: `https://www.google.com/maps/search/?api=1&query=${said}`,
    phone: `geo:0,0?q=${said}`,
  }[map]
}

export const wayTo = (map: MapName, point: Point | null, words: string): string => (point ? byPoint(map, point, words) : byWords(map, words))
