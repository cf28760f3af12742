import { type SizedFile, smallEnough } from './shrink.ts'

export interface Picture extends SizedFile {
  /** Of the file in this page; to be revoked. */
  url: string
}

export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']

/** Why a file can't be a picture of a person, in a text of the namespace `settings`. */
export class NoPicture extends Error {
  readonly text: 'pictureTooLarge' | 'pictureHuge' | 'pictureWrong'

  constructor(text: NoPicture['text']) {
    super(text)
    this.text = text
  }
}

/** More would take some 400 MB while they are open. */
const PIXELS_MAX = 100_000_000

/** Loads it as the browser shows it, upright, and no larger than the server takes. @throws {NoPicture} */
export async function openPicture(chosen: File): Promise<Picture> {
  if (!PICTURE_TYPES.includes(chosen.type)) throw new NoPicture('pictureWrong')
  const image = await imageOf(chosen)
  try {
    if (image.naturalWidth * image.naturalHeight > PIXELS_MAX) throw new NoPicture('pictureHuge')
    const taken = await smallEnough(chosen, image)
    if (!taken) throw new NoPicture('pictureTooLarge')
    return { ...taken, url: URL.createObjectURL(taken.file) }
  } finally {
    URL.revokeObjectURL(image.src)
  }
}

/** With its size, which is known before it is decoded. */
function imageOf(file: Blob): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = URL.createObjectURL(file)
  return new Promise((resolve, reject) => {
    image.onload = () => resolve(image)
    image.onerror = () => {
      URL.revokeObjectURL(image.src)
      reject(new NoPicture('pictureWrong'))
    }
  })
}
