// The sheet in its true measures, where the first free label is chosen, and one label as it is laid out.
import { useWords } from '@trunnion/kit/words'
import { PAGES, perSheet, placeOf, type Content, type Design } from './data'

interface SheetProps {
  design: Design
  labels: number
  start: number
  onStart: (start: number) => void
}

/** Each label of the sheet is a button: the arrow keys and the tabulator reach them in their order. */
export function SheetMap({ design, labels, start, onStart }: SheetProps) {
  const { t } = useWords()
  const { stock } = design
  const [width, height] = PAGES[stock.page ?? 'a4']
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(3)}%`
  return (
    <div className="label-map" style={{ aspectRatio: `${width} / ${height}` }} role="group" aria-label={t('labels.start')}>
      {Array.from({ length: perSheet(stock) }, (_, index) => {
        const { x, y } = placeOf(stock, index)
        const use = index + 1 < start ? 'used' : index + 1 < start + labels ? 'taken' : 'free'
        return (
          <button
            key={index}
            type="button"
            data-use={use}
            aria-pressed={index + 1 === start}
            aria-label={t('labels.start_at', { count: index + 1 })}
            style={{ insetInlineStart: share(x, width), insetBlockStart: share(y, height), inlineSize: share(Number(stock.label_width), width), blockSize: share(Number(stock.label_height), height) }}
            onClick={() => onStart(index + 1)}
          >
            {index + 1}
          </button>
        )
      })}
    </div>
  )
}

const POINT = 0.3528

interface LabelProps {
  design: Design
  content: Content
  /** What stands for each field in the picture. */
  sample: (field: string) => string
}

/** Millimetres are the picture's own unit. */
export function LabelPicture({ design, content, sample }: LabelProps) {
  const { t } = useWords()
  const [width, height] = [Number(design.stock.label_width), Number(design.stock.label_height)]
  const [pad, code] = [Number(content.padding_mm), Number(content.code_mm)]
  const isTop = content.code_side === 'top'
  const codeX = content.code_side === 'right' ? width - pad - code : isTop ? (width - code) / 2 : pad
  const textX = content.code_side === 'left' && code ? pad + code + 2 : pad
  const lines = content.fields.map((field) => ({ ...field, size: Number(field.size_pt) * POINT }))
  const baseOf = (index: number): number => lines.slice(0, index + 1).reduce((sum, line) => sum + line.size * 1.25, isTop ? pad + code : pad)
  return (
    <svg className="label-picture" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('labels.preview')}>
      <rect x="0.15" y="0.15" width={width - 0.3} height={height - 0.3} rx="1" fill="#fff" stroke={content.has_border ? '#333' : '#c8d0d4'} strokeWidth="0.3" />
      {code > 0 && (
        <g transform={`translate(${codeX} ${pad}) scale(${code / 21})`} fill="#111">
          {QR.map(([x, top, w, h]) => <rect key={`${x}-${top}-${w}`} x={x} y={top} width={w} height={h} />)}
        </g>
      )}
      {lines.map((line, index) => <text key={line.name} x={textX} y={baseOf(index)} fontSize={line.size} fontWeight={line.is_bold ? 700 : 400} fill="#111">{sample(line.name)}</text>)}
      {Number(content.short_code_pt) > 0 && code > 0 && !isTop && <text x={codeX + code / 2} y={Math.min(height - 0.8, pad + code + Number(content.short_code_pt) * POINT)} fontSize={Number(content.short_code_pt) * POINT} textAnchor="middle" fill="#111">K7QX 4M2P</text>}
    </svg>
  )
}

/** Stands for a symbol: three finders and a few modules, 21 on each side. */
const QR: [number, number, number, number][] = [
  ...([[0, 0], [14, 0], [0, 14]] as const).flatMap(([x, y]): [number, number, number, number][] => [[x, y, 7, 1], [x, y + 6, 7, 1], [x, y + 1, 1, 5], [x + 6, y + 1, 1, 5], [x + 2, y + 2, 3, 3]]),
  ...Array.from({ length: 60 }, (_, n): [number, number, number, number] => [8 + ((n * 7) % 13), 8 + ((n * 5 + Math.floor(n / 13)) % 13), 1, 1]),
]
