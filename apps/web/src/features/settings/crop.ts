/** A square of a picture, in its pixels. */
export interface Crop {
  x: number
  y: number
  size: number
}

export interface Size {
  width: number
  height: number
}

export const ZOOM_MAX = 4

/** The middle of it, as large as it can be. */
export function wholeCrop({ width, height }: Size): Crop {
  const size = Math.min(width, height)
  return { x: (width - size) / 2, y: (height - size) / 2, size }
}

/** Never leaves the picture. */
export function movedCrop(crop: Crop, picture: Size, by: { x: number; y: number }): Crop {
  return {
    size: crop.size,
    x: within(crop.x + by.x, picture.width - crop.size),
    y: within(crop.y + by.y, picture.height - crop.size),
  }
}

/** Around its middle; 1 is as large as it can be. */
export function zoomedCrop(crop: Crop, picture: Size, zoom: number): Crop {
  const size = wholeCrop(picture).size / Math.min(Math.max(zoom, 1), ZOOM_MAX)
  const shift = (crop.size - size) / 2
  return movedCrop({ ...crop, size }, picture, { x: shift, y: shift })
}

export function zoomOf(crop: Crop, picture: Size): number {
  return wholeCrop(picture).size / crop.size
}

/** As the server takes it: whole pixels, inside. */
export function wholePixels(crop: Crop, { width, height }: Size): Crop {
  const size = Math.max(1, Math.floor(crop.size))
  return {
    size,
    x: within(Math.round(crop.x), width - size),
    y: within(Math.round(crop.y), height - size),
  }
}

function within(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max)
}
