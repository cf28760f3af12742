import { expect, test } from 'vitest'
import { movedCrop, wholeCrop, wholePixels, zoomedCrop, zoomOf } from './crop.ts'

const picture = { width: 400, height: 300 }

test('a crop begins as the middle of the picture', () => {
  expect(wholeCrop(picture)).toEqual({ x: 50, y: 0, size: 300 })
})

test('a crop never leaves the picture', () => {
  const far = movedCrop(wholeCrop(picture), picture, { x: 1_000, y: -20 })
  expect(far).toEqual({ x: 100, y: 0, size: 300 })
  const small = movedCrop(zoomedCrop(far, picture, 3), picture, { x: 1_000, y: 1_000 })
  expect(zoomedCrop(small, picture, 1)).toEqual({ x: 100, y: 0, size: 300 })
})

test('zooming keeps the middle and its bounds', () => {
  const crop = zoomedCrop(wholeCrop(picture), picture, 2)
  expect(crop).toEqual({ x: 125, y: 75, size: 150 })
  expect(zoomOf(zoomedCrop(crop, picture, 99), picture)).toBe(4)
})

test('the server gets whole pixels inside the picture', () => {
  const crop = wholePixels({ x: 99.7, y: 0.2, size: 300.4 }, picture)
  expect(crop).toEqual({ x: 100, y: 0, size: 300 })
})
