// Drawing on a photo: an arrow, a circle, a word. The photo itself stays as it was; the drawn one is kept beside it.
import { useWords } from '@trunnion/kit/words'
import { ArrowUpRight, Circle, Type, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { Sheet } from './context'

type Tool = 'arrow' | 'circle' | 'text'
interface Mark { tool: Tool; from: [number, number]; to: [number, number]; text: string }

const INK = '#ff3b30'
const QUALITY = 0.85
const TOOLS: [Tool, typeof Circle][] = [['arrow', ArrowUpRight], ['circle', Circle], ['text', Type]]

function drawArrow(ink: CanvasRenderingContext2D, [x, y]: [number, number], [toX, toY]: [number, number], width: number): void {
  const angle = Math.atan2(toY - y, toX - x)
  const head = width * 5
  ink.moveTo(x, y)
  ink.lineTo(toX, toY)
  for (const side of [-0.45, 0.45]) {
    ink.moveTo(toX, toY)
    ink.lineTo(toX - head * Math.cos(angle + side), toY - head * Math.sin(angle + side))
  }
}

function drawMark(ink: CanvasRenderingContext2D, mark: Mark, scale: number): void {
  const { from: [x, y], to: [toX, toY] } = mark
  const width = scale / 130
  Object.assign(ink, { strokeStyle: INK, fillStyle: INK, lineWidth: width, lineCap: 'round' })
  if (mark.tool === 'text') {
    ink.font = `600 ${scale / 18}px sans-serif`
    Object.assign(ink, { strokeStyle: '#ffffff', lineWidth: width * 1.2, lineJoin: 'round' })
    ink.strokeText(mark.text, x, y)
    ink.fillText(mark.text, x, y)
    return
  }
  ink.beginPath()
  if (mark.tool === 'arrow') drawArrow(ink, mark.from, mark.to, width)
  else ink.ellipse((x + toX) / 2, (y + toY) / 2, Math.abs(toX - x) / 2, Math.abs(toY - y) / 2, 0, 0, 2 * Math.PI)
  ink.stroke()
}

function usePaper(picture: Blob, marks: Mark[]): React.RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [image, setImage] = useState<ImageBitmap | null>(null)
  useEffect(() => { void createImageBitmap(picture).then(setImage) }, [picture])
  useEffect(() => {
    const paper = canvas.current
    const ink = paper?.getContext('2d')
    if (!paper || !ink || !image) return
    Object.assign(paper, { width: image.width, height: image.height })
    ink.drawImage(image, 0, 0)
    for (const mark of marks) drawMark(ink, mark, Math.max(image.width, image.height))
  }, [image, marks])
  return canvas
}

interface MarkUpProps { picture: Blob; name: string; onClose: () => void; onDone: (file: Blob, name: string) => void }

export default function MarkUp({ picture, name, onClose, onDone }: MarkUpProps) {
  const { t } = useWords()
  const [tool, setTool] = useState<Tool>('arrow')
  const [marks, setMarks] = useState<Mark[]>([])
  const [draft, setDraft] = useState<Mark | null>(null)
  const [text, setText] = useState('')
  const canvas = usePaper(picture, draft ? [...marks, draft] : marks)

  const pointOf = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const paper = event.currentTarget
    const box = paper.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * paper.width, ((event.clientY - box.top) / box.height) * paper.height]
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const at = pointOf(event)
    if (tool !== 'text') setDraft({ tool, from: at, to: at, text: '' })
    else if (text.trim()) setMarks([...marks, { tool, from: at, to: at, text: text.trim() }])
  }
  const end = (): void => {
    if (draft && Math.hypot(draft.to[0] - draft.from[0], draft.to[1] - draft.from[1]) > 8) setMarks([...marks, draft])
    setDraft(null)
  }
  const done = (): void => canvas.current?.toBlob((file) => { if (file) onDone(file, name.replace(/\.\w+$/, '') + '-marked.jpg') }, 'image/jpeg', QUALITY)

  return (
    <Sheet title={t('job.mark_up')} onClose={onClose}>
      <div className="tools" role="radiogroup" aria-label={t('job.mark_up')}>
        {TOOLS.map(([one, Icon]) => <button key={one} type="button" role="radio" aria-checked={tool === one} aria-label={t(`job.mark.${one}`)} className="tool" onClick={() => setTool(one)}><Icon size={22} aria-hidden /></button>)}
        <button type="button" className="tool" aria-label={t('job.mark.undo')} disabled={!marks.length} onClick={() => setMarks(marks.slice(0, -1))}><Undo2 size={22} aria-hidden /></button>
      </div>
      {tool === 'text' && <input aria-label={t('job.mark.text')} placeholder={t('job.mark.text_help')} value={text} onChange={(event) => setText(event.currentTarget.value)} />}
      <canvas ref={canvas} className="paper" onPointerDown={begin} onPointerMove={(event) => { if (draft) setDraft({ ...draft, to: pointOf(event) }) }} onPointerUp={end} onPointerCancel={() => setDraft(null)} />
      <button type="button" className="button" disabled={!marks.length} onClick={done}>{t('job.mark.keep')}</button>
      <button type="button" className="button button-quiet" onClick={onClose}>{t('job.mark.none')}</button>
    </Sheet>
  )
}
