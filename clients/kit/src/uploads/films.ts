// What a film shows and how long it is, told by the browser that has it: the server gets a picture to show it by.
const POSTER_EDGE = 480
const PATIENCE_MS = 10_000

export interface FilmFacts {
  /** Null where the browser cannot play it or its container does not say. */
  seconds: number | null
  poster: Blob | null
}

const isFilm = (file: Blob): boolean => file.type.startsWith('video/')

function once(target: HTMLVideoElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    target.addEventListener(name, () => resolve(), { once: true })
    target.addEventListener('error', () => reject(new Error('film')), { once: true })
    setTimeout(() => reject(new Error('film')), PATIENCE_MS)
  })
}

async function drawn(film: HTMLVideoElement): Promise<Blob | null> {
  const scale = Math.min(1, POSTER_EDGE / Math.max(film.videoWidth, film.videoHeight, 1))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(film.videoWidth * scale))
  canvas.height = Math.max(1, Math.round(film.videoHeight * scale))
  canvas.getContext('2d')?.drawImage(film, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.75))
}

export async function lookAtFilm(file: Blob): Promise<FilmFacts> {
  if (!isFilm(file)) return { seconds: null, poster: null }
  const film = document.createElement('video')
  const url = URL.createObjectURL(file)
  let seconds: number | null = null
  try {
    film.muted = true
    film.preload = 'auto'
    film.playsInline = true
    const isKnown = once(film, 'loadeddata')
    film.src = url
    await isKnown
    seconds = Number.isFinite(film.duration) ? film.duration : null
    if (seconds !== null && seconds > 1) {
      const isThere = once(film, 'seeked')
      film.currentTime = Math.min(1, seconds / 2)
      await isThere
    }
    return { seconds, poster: await drawn(film) }
  } catch {
    return { seconds, poster: null }
  } finally {
    film.removeAttribute('src')
    URL.revokeObjectURL(url)
  }
}
