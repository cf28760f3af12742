import { AVATAR_MAX_BYTES, AVATAR_MAX_PIXELS } from '@chatapp/protocol'
import type { Size } from './crop.ts'

/** As it is sent, with its size in pixels. */
export interface SizedFile extends Size {
  file: Blob
}

/** The longer side. The first is plenty; the second is for browsers that can only write PNG. */
const SIDES_PX = [2_048, 1_024]
const QUALITY = 0.9

/** The file itself when the server takes it, else the picture in fewer pixels; null if nothing helps. */
export async function smallEnough(file: File, image: HTMLImageElement): Promise<SizedFile | null> {
  const { naturalWidth: width, naturalHeight: height } = image
  if (file.size <= AVATAR_MAX_BYTES && width * height <= AVATAR_MAX_PIXELS) {
    return { file, width, height }
  }
  for (const side of SIDES_PX) {
    const smaller = await drawn(image, side, file.type)
    if (smaller && smaller.file.size <= AVATAR_MAX_BYTES) return smaller
  }
  return null
}

/** Upright: what is drawn has been turned as the file says. */
async function drawn(image: HTMLImageElement, side: number, type: string) {
  const { naturalWidth, naturalHeight } = image
  const scale = Math.min(1, side / Math.max(naturalWidth, naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(naturalHeight * scale))
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  // What may be transparent stays so.
  const kind = type === 'image/jpeg' ? type : 'image/webp'
  const file = await new Promise<Blob | null>((done) => canvas.toBlob(done, kind, QUALITY))
  return file && { file, width: canvas.width, height: canvas.height }
}
