# A frame that holds what changes makes the reload wait. Where it is and what comes next is said, and the next one is made.
import game, std/hotcodereloading

proc say(place: string) =
  let last = lastReload()
  echo place, ": ok ", last.ok, ", waiting ", last.waiting

proc step*() =
  update()
  say("inside")
  performCodeReload()
  say("outside")
  report()
