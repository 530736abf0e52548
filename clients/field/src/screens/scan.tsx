// Scanning a machine: by camera, by a photo, by a hand scanner that types, or by typing oneself.
import { Unreachable } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { Camera, ImageUp, Search, TriangleAlert } from 'lucide-react'
import { useEffect, useId, useRef, useState, type RefObject } from 'react'
import { Fault, go, Top, useAct, useField } from '../parts/context'
import { findAtServer, findKept } from '../work/lookup'
import { useWedge } from '../parts/wedge'
import { switchAsset } from '../work/verbs'
import type { Order } from '../work/types'

const LOOK_MS = 250
type Eye = 'off' | 'on' | 'refused' | 'insecure' | 'none'

/** Looks through the camera until something is read. */
function useCamera(video: RefObject<HTMLVideoElement | null>, onText: (text: string) => void): { eye: Eye; open: () => Promise<void> } {
  const [eye, setEye] = useState<Eye>(() => (!isSecureContext ? 'insecure' : navigator.mediaDevices ? 'off' : 'none'))
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])
  async function open(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const { decode } = await import('../work/decoder')
      if (!video.current) return
      Object.assign(video.current, { srcObject: stream })
      await video.current.play()
      setEye('on')
      const looking = new AbortController()
      stop.current = () => { looking.abort(); for (const track of stream.getTracks()) track.stop() }
      while (!looking.signal.aborted) {
        const text = await look(video.current, decode)
        if (text && !looking.signal.aborted) { stop.current(); setEye('off'); onText(text) }
        await new Promise((done) => setTimeout(done, LOOK_MS))
      }
    } catch (error) {
      setEye(error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'refused')
    }
  }
  return { eye, open }
}

async function look(video: HTMLVideoElement, decode: (picture: ImageData) => Promise<string | null>): Promise<string | null> {
  if (!video.videoWidth) return null
  const paper = new OffscreenCanvas(video.videoWidth, video.videoHeight)
  const ink = paper.getContext('2d')
  ink?.drawImage(video, 0, 0)
  return ink ? decode(ink.getImageData(0, 0, paper.width, paper.height)) : null
}

/** What was read becomes a machine; inside of an order another machine than the order's is told apart. */
function useFound(orderId?: string): { take: (text: string) => Promise<void>; fault: string | null; other: { id: string; name: string } | null; isRight: boolean } {
  const { field } = useField()
  const { t } = useWords()
  const [fault, setFault] = useState<string | null>(null)
  const [other, setOther] = useState<{ id: string; name: string } | null>(null)
  const [isRight, setRight] = useState(false)
  async function take(text: string): Promise<void> {
    setFault(null)
    try {
      const kept = findKept(field.assets(), text)
      const id = kept?.id ?? (await findAtServer(field.api, text))
      if (!id) return setFault(t('job.scan_unknown', { text: text.slice(0, 60) }))
      navigator.vibrate?.(60)
      const order = orderId ? field.order(orderId) : null
      if (!order) return go(`asset/${id}`)
      if (order.asset_id === id) return setRight(true)
      setOther({ id, name: (kept ?? (await field.fetchAsset(id))).asset.name })
    } catch (error) {
      setFault(t(error instanceof Unreachable ? 'job.scan_no_line' : 'kit.state.fault'))
    }
  }
  return { take, fault, other, isRight }
}

function ByPhoto({ onText, onNothing }: { onText: (text: string) => void; onNothing: () => void }) {
  const { t } = useWords()
  const input = useId()
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const text = await (await import('../work/decoder')).decode(file).catch(() => null)
    if (text) onText(text)
    else onNothing()
  }
  return (
    <>
      <input id={input} className="visually-hidden" type="file" accept="image/*" onChange={(event) => { void read(event.currentTarget.files?.[0]); event.currentTarget.value = '' }} />
      <label htmlFor={input} className="button button-quiet"><ImageUp size={20} aria-hidden /> {t('job.scan_photo')}</label>
    </>
  )
}

/** Another machine than the order's: the order is switched to it, or goes on as it is; switching asks once more. */
function Other({ order, other }: { order: Order; other: { id: string; name: string } }) {
  const { t } = useWords()
  const { act, fault } = useAct()
  const [isAsked, setAsked] = useState(false)
  const asset = order.asset_name ?? t('job.no_asset')
  const turn = async (): Promise<void> => { if (await act(switchAsset(order, other.id))) go(`order/${order.id}`) }
  if (isAsked) {
    return (
      <section className="card" role="alert">
        <p className="warn-box"><TriangleAlert size={18} aria-hidden /> {t('job.scan_sure', { name: other.name, asset })}</p>
        <button type="button" className="button" onClick={() => void turn()}>{t('job.scan_switch_now')}</button>
        <button type="button" className="button button-quiet" onClick={() => setAsked(false)}>{t('kit.cancel')}</button>
        <Fault text={fault} />
      </section>
    )
  }
  return (
    <section className="card" role="alert">
      <p className="warn-box"><TriangleAlert size={18} aria-hidden /> {t('job.scan_other', { name: other.name, asset })}</p>
      {order.actions.includes('switch') && <button type="button" className="button" onClick={() => setAsked(true)}>{t('job.scan_switch', { name: other.name })}</button>}
      <button type="button" className="button button-quiet" onClick={() => go(`order/${order.id}`)}>{t('job.scan_go_on')}</button>
      <button type="button" className="button button-quiet" onClick={() => go(`asset/${other.id}`)}>{t('job.scan_open', { name: other.name })}</button>
    </section>
  )
}

export function Scan({ orderId }: { orderId?: string }) {
  const { t } = useWords()
  const { field } = useField()
  const video = useRef<HTMLVideoElement>(null)
  const { take, fault, other, isRight } = useFound(orderId)
  const { eye, open } = useCamera(video, (text) => void take(text))
  const [typed, setTyped] = useState('')
  const [isBlank, setBlank] = useState(false)
  const order = orderId ? field.order(orderId) : null
  useWedge((text) => void take(text))
  return (
    <>
      <Top title={t('job.scan')} sub={order?.asset_name ?? undefined} back={orderId ? `order/${orderId}` : ''} />
      <section className="card">
        <video ref={video} className="eye" data-on={eye === 'on'} muted playsInline aria-label={t('job.scan_camera')} />
        {eye === 'insecure' && <p className="warn-box"><TriangleAlert size={18} aria-hidden /> {t('job.scan_insecure')}</p>}
        {eye === 'refused' && <p className="warn-box"><TriangleAlert size={18} aria-hidden /> {t('job.scan_refused')}</p>}
        {eye === 'none' && <p className="warn-box"><TriangleAlert size={18} aria-hidden /> {t('job.scan_none')}</p>}
        {(eye === 'off' || eye === 'refused') && <button type="button" className="button big" onClick={() => void open()}><Camera size={22} aria-hidden /> {t('job.scan_camera')}</button>}
        <ByPhoto onText={(text) => void take(text)} onNothing={() => setBlank(true)} />
        {isBlank && <Fault text={t('job.scan_blank')} />}
      </section>
      <form className="card" onSubmit={(event) => { event.preventDefault(); if (typed.trim()) void take(typed) }}>
        <label htmlFor="typed">{t('job.scan_typed')}</label>
        <div className="line"><input id="typed" autoCapitalize="characters" autoComplete="off" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} /><button type="submit" className="icon-button round accent" aria-label={t('kit.search')}><Search size={20} /></button></div>
        <p className="soft">{t('job.scan_wedge')}</p>
      </form>
      <Fault text={fault} />
      {isRight && <p className="good-box" role="status">{t('job.scan_right', { name: order?.asset_name ?? '' })}</p>}
      {other && order && <Other key={other.id} order={order} other={other} />}
    </>
  )
}
