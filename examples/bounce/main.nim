# A ball in a box. `r` loads logic.nim as it is on disk now, `q` quits. With `--watch`, saving is enough.
#
#   midair run examples/bounce/main.nim
#
# Without a terminal it plays a bounded number of frames as text: 20, or what the argument says.
import std/[hotcodereloading, os, strutils, terminal]
import logic

const pause = 40 # milliseconds a frame

type PollFd {.bycopy.} = object
  fd: cint
  events, revents: cshort

proc poll(fds: ptr PollFd, count: culong, timeout: cint): cint {.importc, cdecl.}
proc system(command: cstring): cint {.importc, cdecl.}

proc keyWithin(milliseconds: int): char =
  ## The key that is pressed in that time, or '\0'.
  var input = PollFd(fd: 0, events: 1)
  if poll(addr input, 1, milliseconds.cint) > 0: getch() else: '\0'

proc play() =
  # Keys come at once and without echo as long as the game runs, Ctrl-C as a key too, so that the end is always ours.
  discard system("stty -icanon -echo -isig")
  hideCursor()
  eraseScreen()
  var running = true
  while running:
    update()
    setCursorPos(0, 0)
    for line in frame(): stdout.write(line, "\n")
    stdout.write(status(), "   r: reload  q: quit\e[K\n\e[J")
    stdout.flushFile()
    case keyWithin(pause)
    of 'q', '\3', '\4', '\e': running = false
    of 'r': performCodeReload()
    else: discard
  showCursor()
  discard system("stty sane")

proc print(frames: int) =
  for _ in 1 .. frames:
    update()
    echo describe()
  for line in frame(): echo line

if isatty(stdin) and isatty(stdout): play()
else: print(if paramCount() > 0: parseInt(paramStr(1)) else: 20)
