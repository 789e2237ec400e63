import engine

let hero = newSprite("@")

proc frame*() =
  eachColumn(proc (x: int32) =
    if x mod 4 != 3: fillRect(Rect(x: x, y: height - 1, w: 1, h: 1), "="))
  fillRect(Rect(x: 10, y: 2, w: 5, h: 3), "#")
  hero.moveBy(5, height - 2)
  hero.draw()
