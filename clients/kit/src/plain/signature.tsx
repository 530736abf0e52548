// A field to sign on with finger, pen or mouse; gives a PNG, or null while it is blank.
import { useEffect, useRef } from 'react'
import Pad from 'signature_pad'
import { useWords } from '../words'

interface SignatureProps {
  onChange: (pngBase64: string | null) => void
  label: string
}

/** Ink is always dark on white: the picture ends up on paper, whatever the theme. */
export function SignaturePad({ onChange, label }: SignatureProps) {
  const { t } = useWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<Pad | null>(null)
  const report = useRef(onChange)

  useEffect(() => {
    report.current = onChange
  }, [onChange])

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const made = new Pad(element, { penColor: '#101820', backgroundColor: '#ffffff', minWidth: 0.8, maxWidth: 2.4 })
    pad.current = made
    const fit = (): void => {
      const strokes = made.toData()
      const ratio = Math.max(window.devicePixelRatio, 1)
      element.width = element.offsetWidth * ratio
      element.height = element.offsetHeight * ratio
      element.getContext('2d')?.scale(ratio, ratio)
      made.clear()
      made.fromData(strokes)
    }
    const tell = (): void => report.current(made.isEmpty() ? null : (made.toDataURL('image/png').split(',')[1] ?? null))
    fit()
    made.addEventListener('endStroke', tell)
    const watcher = new ResizeObserver(fit)
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      made.off()
    }
  }, [])

  return (
    <div className="signature">
      <canvas ref={canvas} className="signature-canvas" aria-label={label} role="img" />
      <div className="signature-foot">
        <span>{t('kit.sign_above')}</span>
        <button type="button" className="link-button" onClick={() => { pad.current?.clear(); onChange(null) }}>
          {t('kit.clear')}
        </button>
      </div>
    </div>
  )
}
