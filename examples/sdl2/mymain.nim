# mymain.nim
import logic

proc main() =
  init()
  while runGame:
    update()
  destroy()

main()
