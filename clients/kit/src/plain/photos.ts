// Photos are made small before they travel: a basement has little signal, and position data stays at home.
const LONGEST_EDGE = 2_048
const QUALITY = 0.85

function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(width, height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

/** Returns a JPEG of at most 2048 px, or the file itself when the browser cannot draw it. */
export async function shrinkPhoto(file: File): Promise<{ blob: Blob; name: string }> {
  const asIs = { blob: file, name: file.name }
  if (!file.type.startsWith('image/') || file.type === 'image/gif' || file.type === 'image/svg+xml') return asIs
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const size = fitted(picture.width, picture.height)
    const canvas = document.createElement('canvas')
    canvas.width = size.width
    canvas.height = size.height
    canvas.getContext('2d')?.drawImage(picture, 0, 0, size.width, size.height)
    picture.close()
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
    if (!blob) return asIs
    return { blob, name: file.name.replace(/\.\w+$/, '') + '.jpg' }
  } catch {
    return asIs
  }
}
