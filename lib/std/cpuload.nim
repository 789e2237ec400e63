## Is another thread of any use?

import std/[cpuinfo, parseutils]

type
  ThreadPoolAdvice* = enum ## What to do about the threads of a pool.
    doNothing, doCreateThread, doShutdownThread
  ThreadPoolState* = object
    calls*: int ## How often advice was asked for.

proc advice*(s: var ThreadPoolState): ThreadPoolAdvice =
  ## What the load of the machine suggests.
  inc s.calls
  var f: File
  if not f.open("/proc/loadavg"): return doNothing
  defer: f.close()
  # "0.25 0.13 0.10 2/345 6789": those that run of all tasks come fourth.
  let text = f.readLine()
  var at, running = 0
  for _ in 1 .. 3: at += text.skipUntil(' ', at) + 1
  if text.parseInt(running, at) == 0: return doNothing
  let processors = countProcessors()
  if running - 1 < processors: doCreateThread
  elif running - 1 >= processors * 2: doShutdownThread
  else: doNothing
