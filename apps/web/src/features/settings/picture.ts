import { AVATAR_MAX_BYTES } from '@chatapp/protocol'

export interface Picture {
  file: File
  /** Of the file in this page; to be revoked. */
  url: string
  width: number
  height: number
}

export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']

/** Why a file can't be a picture of a person, in a text of the namespace `settings`. */
export class NoPicture extends Error {
  readonly text: 'pictureTooLarge' | 'pictureWrong'

  constructor(text: NoPicture['text']) {
    super(text)
    this.text = text
  }
}

/** Loads it as the browser shows it: upright. @throws {NoPicture} */
export async function openPicture(file: File): Promise<Picture> {
  if (!PICTURE_TYPES.includes(file.type)) throw new NoPicture('pictureWrong')
  if (file.size > AVATAR_MAX_BYTES) throw new NoPicture('pictureTooLarge')
  const url = URL.createObjectURL(file)
  const image = new Image()
  image.src = url
  try {
    await image.decode()
  } catch {
    URL.revokeObjectURL(url)
    throw new NoPicture('pictureWrong')
  }
  return { file, url, width: image.naturalWidth, height: image.naturalHeight }
}
