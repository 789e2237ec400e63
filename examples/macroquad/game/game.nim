# What the game looks like and how it moves. Change something here and save.
import screen

const
  sky = 0x202838'u32
  colour = 0xf08030'u32
  radius = 18.0'f32
  gravity = 500.0

type Ball = object
  x, y, dx, dy: float

var
  balls: seq[Ball]
  frames = 0

for i in 0 ..< 7:
  balls.add Ball(x: 60.0 + 60.0 * i.float, y: 40.0 + 25.0 * i.float, dx: 60.0 - 25.0 * i.float)

proc move(ball: var Ball, dt: float) =
  ball.dy += gravity * dt
  ball.x += ball.dx * dt
  ball.y += ball.dy * dt
  if ball.y > height().float - radius:
    ball.y = height().float - radius
    ball.dy = -abs(ball.dy)
  if ball.x < radius or ball.x > width().float - radius:
    ball.dx = -ball.dx
    ball.x = clamp(ball.x, radius.float, width().float - radius.float)
  if pressed(): ball.dy -= 900.0 * dt

proc draw(ball: Ball) =
  circle(ball.x, ball.y, radius, colour)

proc frame*(dt: float) =
  clear(sky)
  for ball in balls.mitems:
    ball.move(dt)
    ball.draw()
  inc frames
  label("frame " & $frames, 12, 24, 0xffffff'u32)
