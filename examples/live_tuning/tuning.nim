# Change a number and save.
const
  gravity = 9.81
  bounce = 0.8
  letter = 'o'

var height, speed = 0.0
height = 3.0

proc update*(dt: float): string =
  speed -= gravity * dt
  height += speed * dt
  if height < 0.0:
    height = -height
    speed = -speed * bounce
  for i in 0 ..< int(height * 10.0): result.add ' '
  result.add letter
