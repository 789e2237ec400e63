# A type becomes distinct and back; an object one that is referred to, and back where nothing else refers to it.
import game, std/hotcodereloading
proc step*() =
  performCodeReload()
  tick()
