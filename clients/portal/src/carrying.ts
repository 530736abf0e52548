// The files of this phone on their way up, whichever page of the portal is open.
import { browserTransport, Api } from '@trunnion/kit/api'
import { Carrier, type Carried } from '@trunnion/kit/uploads'
import { useEffect, useState } from 'react'

export const api = new Api(browserTransport('portal'))

let made: Carrier | null = null

export function carrier(): Carrier {
  made ??= new Carrier({ api })
  return made
}

export function useCarried(group: string): Carried[] {
  const [items, setItems] = useState<Carried[]>(() => carrier().items)
  useEffect(() => {
    const look = (): void => setItems(carrier().items)
    look()
    return carrier().subscribe(look)
  }, [])
  return items.filter((item) => item.group === group)
}
