import { AVATAR_MAX_PIXELS, ChatError, invalidField } from '@chatapp/protocol'
import sharp, { type Metadata } from 'sharp'
import { createQueue } from '../queue.ts'
import { type Crop, isPicture, SIDE } from './policy.ts'

/** A picture of 40 million pixels takes some 200 MB while it is open. */
const queue = createQueue({
  atOnce: 1,
  maxWaiting: 20,
  whenFull: 'Too many pictures at once; try again.',
})

/** A square WebP of it, upright, with nothing of the file but what is seen. */
export function squareOf(bytes: Uint8Array, crop: Crop | undefined): Promise<Uint8Array> {
  return queue(async () => {
    if (!isPicture(bytes)) throw notAPicture()
    try {
      return await draw(bytes, crop)
    } catch (error) {
      if (error instanceof ChatError) throw error
      throw notAPicture(error)
    }
  })
}

async function draw(bytes: Uint8Array, crop: Crop | undefined): Promise<Uint8Array> {
  const picture = sharp(bytes, { limitInputPixels: AVATAR_MAX_PIXELS })
  const metadata = await sharp(bytes, { limitInputPixels: false }).metadata()
  refuseTooLarge(metadata)
  picture.autoOrient()
  if (crop) picture.extract(areaOf(crop, metadata))
  return picture.resize(SIDE, SIDE, { fit: 'cover' }).webp({ quality: 82 }).toBuffer()
}

/** By what the file says of itself, before anything is unpacked. */
function refuseTooLarge({ width, height }: Metadata): void {
  if (width * height <= AVATAR_MAX_PIXELS) return
  throw new ChatError('invalid', 'The picture has more than 40 million pixels.')
}

function areaOf({ x, y, size }: Crop, { autoOrient: { width, height } }: Metadata) {
  if (x + size > width) throw invalidField('x', `must leave size inside the ${width} pixels`)
  if (y + size > height) throw invalidField('y', `must leave size inside the ${height} pixels`)
  return { left: x, top: y, width: size, height: size }
}

const notAPicture = (cause?: unknown) =>
  new ChatError('invalid', 'This is no PNG, JPEG, WebP or GIF picture that can be read.', { cause })
