# What the window of examples/game_loop.rs shows, and how it moves. Change something here, save, and press F9 in the window.
#
# Colours are 0xRRGGBB.

const
  background = 0x0000ff'u32
  ball = 0xff8080'u32
  half = 25'i32

# These keep their values when this file is loaded again.
var
  x, y = 60'i32
  dx, dy = 2'i32
  frames = 0

proc step*(width, height: int32) =
  ## Moves the ball on by one frame, and turns it round at the edges.
  x += dx
  y += dy
  if x >= width - half: dx = -2
  if x <= half: dx = 2
  if y >= height - half: dy = -2
  if y <= half: dy = 2
  inc frames

proc fill(pixels: ptr UncheckedArray[uint32], width, left, top, right, bottom: int32, colour: uint32) =
  for row in top ..< bottom:
    for column in left ..< right:
      pixels[row * width + column] = colour

proc draw*(pixels: ptr UncheckedArray[uint32], width, height: int32) =
  ## Paints the picture, row by row from the top left.
  fill(pixels, width, 0, 0, width, height, background)
  fill(pixels, width, max(x - half, 0), max(y - half, 0), min(x + half, width), min(y + half, height), ball)

proc title*(): string =
  ## What stands above the window.
  "game loop, frame " & $frames

when isMainModule and not defined(midair):
  # Compiled by Nim there is no host: play a little, and say where it has come to.
  const side = 100'i32
  var picture: array[side * side, uint32]
  for _ in 1 .. 30:
    step(side, side)
    draw(cast[ptr UncheckedArray[uint32]](addr picture), side, side)
  var inside = 0
  for pixel in picture:
    if pixel == ball: inc inside
  echo title(), ": ball at ", x, ", ", y, ", ", inside, " pixels"
