## Running other programs.

import std/[os, streams, strtabs, strutils]
from std/cpuinfo import nil

export quoteShell, quoteShellPosix, quoteShellWindows

type
  ProcessOption* = enum
    ## How a program is run.
    poEchoCmd, ## Says the command first.
    poUsePath, ## Looks for the program in the directories of PATH.
    poEvalCommand, ## Gives the command to the shell as it is.
    poStdErrToStdOut, ## Its errors go where its output goes.
    poParentStreams, ## It has the streams of this program.
    poInteractive, ## Kept for programs that ask for it.
    poDaemon ## Means something elsewhere.
  Process* = ref object of RootObj
    ## A program that was started.
    id: cint
    input, output, errors: cint
    inStream, outStream, errStream: Stream
    status: cint
    exited: bool
    options: set[ProcessOption]

const poDemon* {.deprecated.} = poDaemon ## An older name.

proc cPipe(ends: pointer): cint {.importc: "pipe", cdecl.}
proc cClose(fd: cint): cint {.importc: "close", cdecl.}
proc cFdopen(fd: cint, mode: cstring): File {.importc: "fdopen", cdecl.}
proc cWaitpid(id: cint, status: pointer, options: cint): cint {.importc: "waitpid", cdecl.}
proc cKill(id, signal: cint): cint {.importc: "kill", cdecl.}
proc cFcntl(fd, command: cint, value: clong): cint {.importc: "fcntl", cdecl.}
proc cSpawn(id: pointer, path: cstring, actions, attributes, args, env: pointer): cint {.importc: "posix_spawn", cdecl.}
proc cSpawnp(id: pointer, path: cstring, actions, attributes, args, env: pointer): cint {.importc: "posix_spawnp", cdecl.}
proc cActionsInit(actions: pointer): cint {.importc: "posix_spawn_file_actions_init", cdecl.}
proc cActionsDestroy(actions: pointer): cint {.importc: "posix_spawn_file_actions_destroy", cdecl.}
proc cActionsDup(actions: pointer, fd, to: cint): cint {.importc: "posix_spawn_file_actions_adddup2", cdecl.}

proc pipePair(): array[2, cint] =
  # Neither end stays open in a program that is started.
  if cPipe(addr result) != 0: raiseOSError(osLastError())
  for fd in result: discard cFcntl(fd, 2, 1)

proc environment(env: StringTableRef): seq[string] =
  if env.isNil:
    for key, val in envPairs(): result.add(key & "=" & val)
  else:
    for key, val in pairs(env): result.add(key & "=" & val)

proc pointers(texts: seq[string]): seq[cstring] =
  for text in texts: result.add(cstring(text))
  result.add(nil)

proc startProcess*(command: string, workingDir: string = "", args: openArray[string] = [], env: StringTableRef = nil,
                   options: set[ProcessOption] = {poStdErrToStdOut}): owned(Process) {.tags: [ExecIOEffect,
                   ReadEnvEffect, RootEffect].} =
  ## Starts a program. Without `poParentStreams` this program has the other ends of its streams.
  result = Process(options: options, input: -1, output: -1, errors: -1)
  var words: seq[string]
  if poEvalCommand in options:
    words = @["/bin/sh", "-c", command]
    doAssert args.len == 0, "`args` has to be empty when using poEvalCommand."
  else:
    words = @[command]
    for arg in args: words.add(arg)
  if poEchoCmd in options: echo command & (if args.len > 0: " " & join(args, " ") else: "")
  var actions: array[64, int64]
  discard cActionsInit(addr actions)
  var theirs: seq[cint]
  if poParentStreams notin options:
    let (a, b) = (pipePair(), pipePair())
    discard cActionsDup(addr actions, a[0], 0)
    discard cActionsDup(addr actions, b[1], 1)
    theirs = @[a[0], b[1]]
    result.input = a[1]
    result.output = b[0]
    if poStdErrToStdOut in options: discard cActionsDup(addr actions, b[1], 2)
    else:
      let c = pipePair()
      discard cActionsDup(addr actions, c[1], 2)
      theirs.add(c[1])
      result.errors = c[0]
  let variables = environment(env)
  var argv = pointers(words)
  var envp = pointers(variables)
  flushFile(stdout)
  let before = getCurrentDir()
  if workingDir.len > 0: setCurrentDir(workingDir)
  let spawn = if poUsePath in options or poEvalCommand in options: cSpawnp else: cSpawn
  let code = spawn(addr result.id, cstring(words[0]), addr actions, nil, addr argv[0], addr envp[0])
  if workingDir.len > 0: setCurrentDir(before)
  discard cActionsDestroy(addr actions)
  for fd in theirs: discard cClose(fd)
  if code != 0:
    for fd in [result.input, result.output, result.errors]:
      if fd >= 0: discard cClose(fd)
    raiseOSError(OSErrorCode(code), "Could not find command: '" & command & "'. OS error: " & osErrorMsg(OSErrorCode(code)))

proc processID*(p: Process): int = int(p.id)
  ## The system's number of the program.

proc noteExit(p: Process, flags: cint): bool =
  if not p.exited:
    var status: cint
    if cWaitpid(p.id, addr status, flags) == p.id:
      p.status = exitStatusLikeShell(status)
      p.exited = true
  p.exited

proc waitForExit*(p: Process, timeout: int = -1): int {.discardable.} =
  ## Waits until the program ends; its exit status. One that takes longer than `timeout` milliseconds is killed.
  if timeout >= 0:
    var left = timeout
    while not p.noteExit(1) and left > 0:
      sleep(min(left, 5))
      left -= 5
    if not p.exited: discard cKill(p.id, 9)
  discard p.noteExit(0)
  int(p.status)

proc peekExitCode*(p: Process): int = (if p.noteExit(1): int(p.status) else: -1)
  ## The exit status, or -1 while the program runs.
proc cPoll(polled: pointer, count: culong, timeout: cint): cint {.importc: "poll", cdecl.}

proc hasData*(p: Process): bool =
  ## Has it written something that was not read, or closed its output?
  var polled = (fd: p.output, events: 1.cshort, revents: 0.cshort)
  cPoll(addr polled, 1, 0) == 1

proc running*(p: Process): bool = not p.noteExit(1)
  ## Has it not ended yet?
proc send(p: Process, signal: cint) =
  if cKill(p.id, signal) != 0: raiseOSError(osLastError())

proc suspend*(p: Process) = p.send(when defined(macosx): 17 else: 19)
  ## Stops it for now.
proc resume*(p: Process) = p.send(when defined(macosx): 19 else: 18)
  ## Lets it go on.
proc terminate*(p: Process) = p.send(15)
  ## Asks it to end.
proc kill*(p: Process) = p.send(9)
  ## Ends it.

proc stream(fd: cint, mode: string, kept: var Stream): Stream =
  if kept.isNil: kept = newFileStream(cFdopen(fd, cstring(mode)))
  kept

proc inputStream*(p: Process): Stream = stream(p.input, "w", p.inStream)
  ## What is written there is the program's input.
proc outputStream*(p: Process): Stream = stream(p.output, "r", p.outStream)
  ## The program's output.
proc errorStream*(p: Process): Stream = stream(p.errors, "r", p.errStream)
  ## Its errors, when they do not go with the output.
proc peekableOutputStream*(p: Process): Stream = outputStream(p)
proc peekableErrorStream*(p: Process): Stream = errorStream(p)
proc inputHandle*(p: Process): FileHandle = FileHandle(p.input)
proc outputHandle*(p: Process): FileHandle = FileHandle(p.output)
proc errorHandle*(p: Process): FileHandle = FileHandle(p.errors)

proc close*(p: Process) =
  ## Closes the streams. The program may still run.
  for (fd, stream) in [(p.input, p.inStream), (p.output, p.outStream), (p.errors, p.errStream)]:
    if not stream.isNil: stream.close()
    elif fd >= 0: discard cClose(fd)
  p.input = -1
  p.output = -1
  p.errors = -1

iterator lines*(p: Process): string {.tags: [ReadIOEffect].} =
  ## The lines of the output. The program is closed afterwards.
  let output = p.outputStream
  var line = ""
  while output.readLine(line): yield line
  discard p.waitForExit()
  close(p)

proc readLines*(p: Process): (seq[string], int) =
  ## The lines of the output, and the exit status.
  var line = ""
  while p.outputStream.readLine(line): result[0].add(line)
  result[1] = p.waitForExit()
  close(p)

proc execProcess*(command: string, workingDir: string = "", args: openArray[string] = [], env: StringTableRef = nil,
                  options: set[ProcessOption] = {poStdErrToStdOut, poUsePath, poEvalCommand}): string {.tags: [
                  ExecIOEffect, ReadIOEffect, RootEffect].} =
  ## Runs a program; its output.
  var p = startProcess(command, workingDir = workingDir, args = args, env = env, options = options)
  var line = ""
  while p.outputStream.readLine(line): result.add(line & "\n")
  discard p.waitForExit()
  close(p)

proc execCmd*(command: string): int {.tags: [ExecIOEffect, ReadIOEffect, RootEffect].} =
  ## Runs a command of the shell with the streams of this program; its exit status.
  flushFile(stdout)
  var p = startProcess(command, options = {poEvalCommand, poParentStreams})
  p.waitForExit()

proc execCmdEx*(command: string, options: set[ProcessOption] = {poStdErrToStdOut, poUsePath}, env: StringTableRef = nil,
                workingDir = "", input = ""): tuple[output: string, exitCode: int] {.tags: [ExecIOEffect, ReadIOEffect,
                RootEffect].} =
  ## Runs a command of the shell with an input; its output and exit status.
  var p = startProcess(command, options = options + {poEvalCommand}, workingDir = workingDir, env = env)
  if input.len > 0: p.inputStream.write(input)
  if p.inStream.isNil: discard cClose(p.input)
  else: p.inStream.close()
  p.inStream = nil
  p.input = -1
  var line = ""
  while p.outputStream.readLine(line): result.output.add(line & "\n")
  result.exitCode = p.waitForExit()
  close(p)

proc countProcessors*(): int = cpuinfo.countProcessors()
  ## How many processors the machine has.

proc execProcesses*(cmds: openArray[string], options = {poStdErrToStdOut, poParentStreams}, n = countProcessors(),
                    beforeRunEvent: proc(idx: int) = nil, afterRunEvent: proc(idx: int, p: Process) = nil): int =
  ## Runs commands, up to `n` at a time; the highest of their exit statuses.
  var open: seq[(int, Process)]
  var next = 0
  while next < cmds.len or open.len > 0:
    while next < cmds.len and open.len < max(1, n):
      if not beforeRunEvent.isNil: beforeRunEvent(next)
      open.add((next, startProcess(cmds[next], options = options + {poEvalCommand})))
      inc next
    let (idx, p) = open[0]
    open.delete(0)
    result = max(result, p.waitForExit())
    if not afterRunEvent.isNil: afterRunEvent(idx, p)
    close(p)
